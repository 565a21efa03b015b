# Named, timed steps and the closing summary. Sourced by scripts/check.

passed=0
partial=0
left_out_notes=()
current=''

# step NAME COMMAND...: runs the command; the script ends at the first that fails.
step() {
  current=$1
  shift
  local start=$SECONDS notes=${#left_out_notes[@]} verdict=ok
  printf '\n== %s\n' "$current"
  "$@"
  if ((${#left_out_notes[@]} > notes)); then
    verdict='left out, at least in part'
    partial=$((partial + 1))
  else
    passed=$((passed + 1))
  fi
  printf -- '-- %s: %s, %d s\n' "$current" "$verdict" "$((SECONDS - start))"
  current=''
}

# left_out WHAT: says that something was not checked; the summary repeats it.
left_out() {
  printf 'left out: %s\n' "$1"
  left_out_notes+=("$1")
}

# The EXIT trap: which step failed, or the summary, whose last line is the verdict.
finish() {
  local status=$?
  if ((status != 0)); then
    printf '\nscripts/check: FAILED%s\n' "${current:+ in step \"$current\"}" >&2
    return
  fi
  printf '\n'
  local note
  for note in "${left_out_notes[@]}"; do
    printf 'left out: %s\n' "$note"
  done
  printf 'scripts/check: passed; %d steps in full, %d with something left out, %d s\n' \
    "$passed" "$partial" "$SECONDS"
}
