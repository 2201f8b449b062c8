package dev.wrought.cli;

import static java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import static java.lang.classfile.ClassFile.ConstantPoolSharingOption.NEW_POOL;
import static java.lang.classfile.ClassFile.StackMapsOption.GENERATE_STACK_MAPS;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Writes the classes of a jar anew in the format of this JDK. AOT caches leave out classes of Java
 * 5 and older, such as picocli's, so that every start would read and verify them: a third of its
 * time.
 */
public final class ModernJar {
  private static final ClassFile CLASSES =
      ClassFile.of(
          GENERATE_STACK_MAPS,
          NEW_POOL,
          ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.ofClassLoading(ModernJar.class.getClassLoader())));

  private ModernJar() {}

  /**
   * The program.
   *
   * @param jars files on this program's class path, each replaced at once
   */
  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      Path old = Path.of(jar);
      Path modern = old.resolveSibling(old.getFileName() + ".modern");
      write(old, modern);
      Files.move(modern, old, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void write(Path old, Path modern) throws IOException {
    try (JarFile in = new JarFile(old.toFile());
        OutputStream file = Files.newOutputStream(modern);
        JarOutputStream out = new JarOutputStream(file)) {
      for (JarEntry entry : Collections.list(in.entries())) {
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        out.putNextEntry(new JarEntry(entry.getName()));
        out.write(entry.getName().endsWith(".class") ? modern(bytes) : bytes);
      }
    }
  }

  private static byte[] modern(byte[] bytes) {
    ClassModel old = CLASSES.parse(bytes);
    return old.majorVersion() < ClassFile.JAVA_6_VERSION
        ? CLASSES.transformClass(old, ModernJar::modern)
        : bytes;
  }

  private static void modern(ClassBuilder modern, ClassElement part) {
    switch (part) {
      case ClassFileVersion _ -> modern.withVersion(ClassFile.latestMajorVersion(), 0);
      case MethodModel method ->
          modern.transformMethod(
              method,
              (builder, element) -> {
                if (element instanceof CodeModel code) {
                  // Taken apart and put together again: copied whole, it would get no stack maps.
                  builder.transformCode(code, (instructions, each) -> instructions.with(each));
                } else {
                  builder.with(element);
                }
              });
      default -> modern.with(part);
    }
  }
}
