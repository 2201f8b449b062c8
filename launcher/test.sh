# The verb test, which is Maven's verify: sourced by wrought after build.sh.

test_help() {
  cat <<'HELP'
Usage: wrought test [-m MODULE] [--long [SUITE]]

The one gate: formatting, static analysis, unit tests, integration tests. At the end: what was skipped, and why.

  -m, --module MODULE   only this module's tests, for a quick answer; what it builds on is compiled, not tested, and
                        formatting and static analysis are left to the whole
      --long [SUITE]    only the tests that take long (all, or those with this tag); no part of the gate.
                        fuzz: made-up files for each parser that changed, ten minutes each; interrupted, it goes on there.
                        What fails is kept, and read by every test run; what was done is stamped: commit both. A trial:
                        WROUGHT_FUZZ_SECONDS=60 ./wrought test --long fuzz, a minute each, which later runs count
  -h, --help            this

Exit codes: 0 green, 1 a test or check failed, 2 wrong usage, 3 no such module or the platform runs, 4 no JDK 25.
HELP
}

# For a quick answer, bytecode from compilers need not be verified; the whole verifies it.
UNVERIFIED='-XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote'

run_tests() {
  local module='' goals=(-T 2 verify) long=no
  while (($#)); do
    case $1 in
      -m | --module) [[ $# -ge 2 ]] || die $USAGE "$1 needs a module: ${EVERYTHING[*]}"; module=$2; shift ;;
      --module=*) module=${1#*=} ;;
      --long)
        long=all
        [[ ${2:-} =~ ^[a-z] ]] && { long=$2; shift; } ;;
      -h | --help) test_help; exit ;;
      *) test_help >&2; die $USAGE "unknown argument to test: $1" ;;
    esac
    shift
  done
  if running; then die $INVALID_INPUT "the platform runs from what the tests would rebuild: ./wrought down first"; fi
  if [[ -n $module ]]; then
    [[ -e $root/$module/pom.xml ]] || die $INVALID_INPUT "no module '$module'; there are ${EVERYTHING[*]}"
    # Upstream modules are compiled with it; by the pattern only its own packages' tests are run.
    local room=${module%-svc}
    goals+=(-pl "$module" -am -Dspotless.check.skip -Dwrought.analysis= "-Dwrought.verification=$UNVERIFIED" -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
      "-Dtest=dev/wrought/${room##*/}/**/*Test" "-Dit.test=dev/wrought/${room##*/}/**/*IT")
    # Integration tests of a service start it from its classes, inside their JVM: there is nothing to package. Only
    # eval-svc's start the packaged one.
    case $module in
      tokenizer-svc | trainer-svc | serving-svc) goals+=(-Dwrought.packaging=none -Dwrought.secondWidth=none -Denforcer.skip) ;;
    esac
  fi
  case $long in
    no) ;;
    all) goals+=(-Dgroups=long -Dwrought.excludedGroups=) ;;
    *) goals+=("-Dgroups=long & $long" -Dwrought.excludedGroups=) ;;
  esac
  lock
  # Benchmarks depend on everything, and nothing on them: -m compiles them for themselves alone.
  local compiled=("${EVERYTHING[@]}")
  [[ -z $module || $module == benchmarks ]] || compiled=("${PLATFORM[@]}")
  local marked=()
  if [[ -n $module ]]; then mark_unanalysed "${compiled[@]}"; else analyse "${compiled[@]}"; fi
  forget_outdated "${compiled[@]}"
  # What failed the last time is failsafe's verdict on modules that it runs nothing of this time, too.
  rm -f "$root"/*/target/failsafe-reports/failsafe-summary.xml
  touch "$root/target/test.started"
  local code=0
  if [[ -n $module ]]; then
    # The classes that Maven's last run loaded are found ready; mvnw splits its options at blanks.
    [[ $root == *[[:space:]]* ]] ||
      export MAVEN_OPTS="-XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=$root/target/maven.jsa -XX:+VerifySharedSpaces -Xlog:cds=off -Xlog:aot=off $UNVERIFIED ${MAVEN_OPTS:-}"
  fi
  maven "$root/target/test.log" "${goals[@]}" || code=$INTERNAL
  ((${#marked[@]} == 0)) || unmark_unchanged "${marked[@]}"
  [[ -z $module ]] || say "  not run: formatting and static analysis (./wrought test)"
  [[ $module != serving-svc ]] || say "  not run: the kernels once more with vectors of 256 bits (./wrought test)"
  report_tests "$long"
  ((code == 0)) || say "wrought: not green; all of it: $root/target/test.log"
  exit "$code"
}

# report_tests LONG: what failed, what was skipped and why, and the totals, from the reports and the log of this run.
report_tests() {
  sed -n 's/^\[INFO\] \(Wrought: .*[^ .]\)[ .]*SKIPPED$/  not run: \1 (what it builds on failed)/p' "$root/target/test.log"
  [[ $1 != no ]] || say "  not run: the long tests (./wrought test --long)"
  find "$root" -path '*/target/*-reports/TEST-*.xml' -newer "$root/target/test.started" -print0 |
    xargs -0 awk '
      function attribute(name,    text) {
        if (!match($0, " " name "=\"[^\"]*\"")) return ""
        text = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
        gsub(/&#10;.*/, "", text); gsub(/&quot;/, "\"", text); gsub(/&lt;/, "<", text)
        gsub(/&gt;/, ">", text); gsub(/&apos;/, "\047", text); gsub(/&amp;/, "\\&", text)
        return text
      }
      /<testcase / { tests++; name = attribute("classname") "." attribute("name"); sub(/^dev\.wrought\./, "", name) }
      /<failure|<error / { failed[name] = 1 }
      /<skipped/ {
        skipped++; reason = attribute("message"); sub(/^Assumption failed: /, "", reason)
        if (reason == "" && match($0, /(Assumption failed|Exception): .*/)) {
          reason = substr($0, RSTART, RLENGTH); sub(/^.*Assumption failed: /, "", reason); sub(/\]\]>.*/, "", reason)
        }
        if (reason == "") reason = "no reason given"
        count[reason]++; if (count[reason] <= 3) names[reason] = names[reason] "\n      " name
      }
      END {
        for (name in failed) { failures++; printf "  FAILED  %s\n", name }
        for (reason in count) {
          printf "  skipped %d: %s%s\n", count[reason], reason, names[reason]
          if (count[reason] > 3) printf "      and %d more\n", count[reason] - 3
        }
        printf "%d passed, %d failed, %d skipped\n", tests - failures - skipped, failures, skipped
      }' /dev/null
}
