# What the launcher builds, and when: sourced by wrought, which says where ($root) and with what ($JAVA_HOME).

COMMAND=(proto core cli)
PLATFORM=("${COMMAND[@]}" cli/broker edge torch tokenizer-svc trainer-svc eval-svc serving-svc)
EVERYTHING=("${PLATFORM[@]}" benchmarks)

JARS=(cli/broker/target/broker.jar {tokenizer,trainer,eval,serving}-svc/target/quarkus-app/quarkus-run.jar)

# built NAME: it was built, and nobody has cleaned any of that away.
built() {
  local product products=(target/"$1".built cli/target/wrought.jar)
  [[ $1 == command ]] || products+=("${JARS[@]}")
  [[ $1 != benchmarks ]] || products+=(benchmarks/target/{classpath,classes/dev/wrought/benchmarks/Benchmarks.class})
  for product in "${products[@]}"; do
    [[ -e $root/$product ]] || return 1
  done
}

# stale NAME MODULE...: it is not built, or a source is newer than what was.
stale() {
  local name=$1 module sources=("$root/pom.xml"); shift
  built "$name" || return 0
  for module; do sources+=("$root/$module/pom.xml" "$root/$module/src"); done
  [[ $name == command ]] || sources+=("$root"/edge/{package.json,package-lock.json,page-packages.sh})
  [[ -n $(find "${sources[@]}" -newer "$root/target/$name.built" -print -quit 2>&1) ]]
}

# build NAME MODULE...: packages the modules, without tests, if any of them is stale; rehearses what was packaged since.
build() {
  local name=$1 outdated=''; shift
  if stale "$name" "$@"; then outdated=yes; elif rehearsed "$name"; then return 0; fi
  if running; then
    if built "$name"; then
      [[ -z $outdated ]] || say "wrought: sources changed, but the platform runs from what was built: going on with that (./wrought down first to build)."
      return 0
    fi
    # The command itself can be built beside a platform that runs, and how else would it be taken down?
    [[ $name == command ]] || die $INVALID_INPUT "what this needs is not built yet, and cannot be while the platform runs: ./wrought down first"
  fi
  # What only waits to be rehearsed works, and need not wait for whoever builds.
  if [[ -n $outdated ]]; then lock; else lock now || return 0; fi
  if stale "$name" "$@"; then package "$name" "$@"; fi
  rehearse "$name"
  exec 9>&-
}

# lock [now]: nobody else builds in this checkout until this process ends or closes 9; with "now", fails if somebody does.
lock() {
  mkdir -p "$root/target" 2>/dev/null || die $RESOURCES "cannot write to $root/target; the build needs that: check its owner, and room on the disk"
  exec 9>"$root/target/build.lock"
  if ! command -v flock >/dev/null || flock -n 9; then return 0; fi
  [[ ${1:-} != now ]] || return 1
  say "wrought: waiting for another build in $root"
  flock 9
}

# forget_outdated MODULE...: removes classes of the modules, which are about to be compiled, that are older than those they
# were compiled against. Maven compiles them anew only in the run that compiles what they depend on; an earlier run can
# have done that alone.
forget_outdated() {
  local module dependency target pom
  for module; do
    [[ -r $root/$module/pom.xml ]] || continue
    target=$root/$module/target pom=$(<"$root/$module/pom.xml")
    for dependency in "${EVERYTHING[@]}"; do
      [[ $dependency != "$module" && $pom == *"<artifactId>${dependency##*/}</artifactId>"* ]] || continue
      if newer "$root/$dependency/target/classes" "$target/classes"; then find "$target/classes" -name '*.class' -delete; fi
    done
    if newer "$target/classes" "$target/test-classes"; then find "$target/test-classes" -name '*.class' -delete; fi
  done
}

# newer FOLDER THAN: a class in the first folder is newer than those in the second, which were compiled at once.
newer() {
  local than
  [[ -d $1 && -d $2 ]] || return 1
  than=$(find "$2" -name '*.class' -print -quit)
  [[ -n $than && -n $(find "$1" -name '*.class' -newer "$than" -print -quit) ]]
}

# Classes that were compiled without static analysis, for one module's tests, are compiled anew for anything else. A mark
# beside them says so: it is made before they are compiled, and taken away where none was.

# mark_unanalysed MODULE...: their classes are about to be compiled without static analysis. Sets marked to those that were not marked before.
mark_unanalysed() {
  local module
  marked=()
  for module; do
    [[ -e $root/$module/pom.xml && ! -e $root/$module/target/unanalysed ]] || continue
    mkdir -p "$root/$module/target"
    touch "$root/$module/target/unanalysed"
    marked+=("$module")
  done
}

# unmark_unchanged MODULE...: takes the mark from those of which nothing was compiled in this run of the tests.
unmark_unchanged() {
  local module
  for module; do
    [[ -n $(compiled_classes "$module" -newer "$root/target/test.started" -print -quit) ]] || rm -f "$root/$module/target/unanalysed"
  done
}

# analyse MODULE...: has the marked of them compiled anew.
analyse() {
  local module
  for module; do
    [[ -e $root/$module/target/unanalysed ]] || continue
    compiled_classes "$module" -delete
    rm "$root/$module/target/unanalysed"
  done
}

# compiled_classes MODULE EXPRESSION...: find's answer about its class files.
compiled_classes() {
  local folder folders=() module=$1; shift
  for folder in "$root/$module"/target/{classes,test-classes}; do
    [[ ! -d $folder ]] || folders+=("$folder")
  done
  ((${#folders[@]} == 0)) || find "${folders[@]}" -name '*.class' "$@"
}

# package NAME MODULE...: sources to jars, two modules at a time.
package() {
  local name=$1 stamp=$root/target/$1.built modules; shift
  announce "$name"
  analyse "$@"
  forget_outdated "$@"
  touch "$stamp.new"
  IFS=, modules="$*"
  maven "$root/target/build.log" -T 2 package -Dmaven.test.skip=true -Dspotless.check.skip -pl "$modules" || die $INTERNAL "the build failed; all of it: $root/target/build.log"
  unset IFS
  mv "$stamp.new" "$stamp"
  [[ $name == command ]] || touch -r "$stamp" "$root/target/command.built"
}

# announce NAME: what is built, and on a machine that never built it, what that downloads.
announce() {
  local repository=${HOME:-}/.m2/repository
  say "wrought: building $1 with $JAVA_HOME"
  if [[ ! -d $repository/info/picocli ]]; then
    say "  the first build downloads Maven and libraries from Maven Central into ~/.m2: about 150 MB for the"
    say "  command alone, 900 MB for the whole platform (libtorch is a quarter of it); later ones download nothing"
  elif [[ $1 != command && ! -d $repository/ai/djl ]]; then
    say "  the platform's libraries are downloaded from Maven Central into ~/.m2: about 800 MB, once"
  fi
}

# maven LOG GOAL...: ./mvnw with a line a module; where it fails, with what it said.
maven() {
  local log=$1 line started=$SECONDS; shift
  : >"$log" || return 1
  "$root/mvnw" -f "$root/pom.xml" --batch-mode --no-transfer-progress "$@" 2>&1 </dev/null |
    while IFS= read -r line; do
      printf '%s\n' "$line" >>"$log"
      line=${line//$'\e['[0-9;]m/}
      case $line in
        '[INFO] Building Wrought: '*'['*) line=${line#*: }; say "  ${line##* } ${line%% [0-9]*}" ;;
        '[INFO] Tests run:'*'in '*) say "        ${line#\[INFO\] Tests run: }" ;;
        'fuzzing '* | 'fuzzed '*) say "  $line" ;;
        '[WARNING] Tests run:'*'in '*) say "        ${line#\[WARNING\] Tests run: }" ;;
        '[ERROR]'*'[Help 1]'* | '[ERROR] To see the full'* | '[ERROR] Re-run Maven'* | '[ERROR] For more info'* | \
          '[ERROR] After correct'* | '[ERROR]   mvn <'* | '[ERROR] ') ;;
        '[ERROR]'*) say "  ${line#\[ERROR\] }" ;;
      esac
    done
  [[ ${PIPESTATUS[0]} == 0 ]] || return 1
  say "  done in $((SECONDS - started)) s"
}

# rehearsed NAME: none of its jars was packaged since the last rehearsal, by whatever build.
rehearsed() {
  local name=platform jar jars=("${JARS[@]/#/"$root/"}")
  if [[ $1 == command ]]; then name=command jars=("$root/cli/target/wrought.jar"); fi
  for jar in "${jars[@]}"; do
    [[ ! $jar -nt $root/target/$name.rehearsed ]] || return 1
  done
}

# rehearse NAME: runs of what was packaged, whose loaded classes the next ones find ready (JEP 514). One that fails is
# not tried again until something is packaged anew.
rehearse() {
  local java=("$JAVA_HOME/bin/java" "${CLI_FLAGS[@]}" -Dwrought.root="$root") jar=$root/cli/target/wrought.jar
  local log=$root/target/rehearsal.log
  if ! rehearsed command; then
    interruptible "${java[@]}" -cp "$jar" dev.wrought.cli.ModernJar "$root"/cli/target/lib/picocli-*.jar >"$log" 2>&1 ||
      say "  the command will start a quarter later than it could; see $log"
    interruptible "${java[@]}" -XX:AOTCacheOutput="$root/cli/target/wrought.aot" -cp "$jar" dev.wrought.cli.Rehearsal \
      >>"$log" 2>&1 || rm -f "$root/cli/target/wrought.aot"
    touch "$root/target/command.rehearsed"
  fi
  if [[ $1 == command ]] || rehearsed platform; then return 0; fi
  say "  one start of the platform, so that later ones are quick (about a minute)"
  rm -rf "$root/target/rehearsal"
  interruptible "${java[@]}" -cp "$jar" dev.wrought.cli.PlatformRehearsal "$root/target/rehearsal" \
    >>"$log" 2>&1 || say "  it did not come up: starts will be slower; see $log"
  touch "$root/target/platform.rehearsed"
}

# interruptible WORD...: a command that ends before this process does, whoever of the two is asked to.
interruptible() {
  local pid code=0
  "$@" &
  pid=$!
  trap 'kill "$pid"; wait "$pid" || true; exit 143' TERM
  trap 'kill "$pid"; wait "$pid" || true; exit 130' INT
  wait "$pid" || code=$?
  trap - TERM INT
  return $code
}
