package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.Test;

class LicenceHeaderFilterTest extends DocumentFilterContract {
  private final LicenceHeaderFilter filter = new LicenceHeaderFilter();

  @Override
  DocumentFilterFactory factory() {
    return new LicenceHeaderFilterFactory();
  }

  @Override
  List<String> interesting() {
    return List.of("/* Licence */\npackage a;\n", "// Copyright us\n", "#!/bin/sh\n# License\n");
  }

  @Test
  void apply_blockAboutLicence_takesItAndTheBlankLinesAfterIt() {
    assertBecomes(
        "package a;\n\nclass B {}\n",
        "/*\n * Copyright (c) 2020, Somebody. All rights reserved.\n */\n\n\npackage a;\n\nclass B {}\n");
    assertBecomes("class B {}", "  \n/* SPDX-License-Identifier: MIT */ \r\n\r\nclass B {}");
  }

  @Test
  void apply_severalHeaders_takesEach() {
    assertBecomes(
        "package a;\n",
        "/*\n * DO NOT REMOVE COPYRIGHT NOTICES.\n */\n\n/*\n * Released to the public domain\n */\n\npackage a;\n");
  }

  @Test
  void apply_lineComments_takesTheRun() {
    assertBecomes("int x;\n", "// Licensed under the Apache License\n// Version 2.0\n\nint x;\n");
    assertBecomes("import os\n", "# Copyright 2020\n#\n# Licence: MIT\nimport os\n");
    assertBecomes("select 1;\n", "-- Copyright us\nselect 1;\n");
    assertBecomes("<p>hi</p>\n", "<!--\n Licensed to you -->\n<p>hi</p>\n");
  }

  @Test
  void apply_interpreterLine_stays() {
    assertBecomes("#!/bin/sh\necho\n", "#!/bin/sh\n# Copyright 2020\n\necho\n");
    assertBecomes("#!/bin/sh\necho\n", "#!/bin/sh\necho\n");
  }

  @Test
  void apply_otherBeginnings_stayToTheByte() {
    for (String text :
        new String[] {
          "",
          "/* Adds two numbers. */\nint add;\n",
          "package a;\n/* Copyright 2020 */\n",
          "#include <license.h>\nint x;\n",
          "/* Copyright without an end\nint x;\n",
          "\n\n  text\n",
          "/** Doc. */\n/* License */\nclass A {}"
        }) {
      assertBecomes(text, text);
    }
  }

  @Test
  void apply_onlyAHeader_leavesNothing() {
    assertBecomes("", "// Copyright 2020 Somebody\n");
  }

  private void assertBecomes(String expected, String text) {
    Filtered.Kept kept =
        assertInstanceOf(Filtered.Kept.class, filter.apply("path", text.getBytes(UTF_8)));
    assertEquals(expected, new String(kept.content(), UTF_8));
  }
}
