/**
 * What has been made and is kept: tokenizers and datasets, each in a folder named by its digest,
 * found by a name that refers to the newest.
 *
 * <pre>
 * $WROUGHT_HOME/tokenizers/jdk-8k/current          the digest that "jdk-8k" means now
 * $WROUGHT_HOME/tokenizers/jdk-8k/3f0c.../tokenizer.json
 * $WROUGHT_HOME/datasets/jdk/9a41.../dataset.json
 * </pre>
 *
 * <p>Read {@link dev.wrought.core.artifact.Artifacts} first: stage a folder, fill it, publish it.
 * Then {@link dev.wrought.core.artifact.DurableFiles} for how a file gets to the disk whole or not
 * at all, {@link dev.wrought.core.artifact.MappedFile} and {@link
 * dev.wrought.core.artifact.ChannelOutput} for files larger than the heap, and {@link
 * dev.wrought.core.artifact.Sha256} for digests; these serve other rooms too.
 *
 * <p>Not here: what is inside an artifact (the rooms tokenizer and dataset), and checkpoints, which
 * belong to a run. A further kind of artifact is a further constant of {@link
 * dev.wrought.core.artifact.ArtifactKind}.
 */
@NullMarked
package dev.wrought.core.artifact;

import org.jspecify.annotations.NullMarked;
