/** A kind of plugin that tests load: what a service's room of plugins looks like. */
@NullMarked
package dev.wrought.core.plugin.greeting;

import org.jspecify.annotations.NullMarked;
