# Named, timed steps and the closing summary. Sourced by scripts/check.

passed=0
left_out_notes=()
current=''

# step NAME COMMAND...: runs the command; the script ends at the first that fails.
step() {
  current=$1
  shift
  local start=$SECONDS
  printf '\n== %s\n' "$current"
  "$@"
  printf -- '-- %s: ok, %d s\n' "$current" "$((SECONDS - start))"
  passed=$((passed + 1))
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
  printf 'scripts/check: %d steps passed, %d things left out, %d s\n' \
    "$passed" "${#left_out_notes[@]}" "$SECONDS"
}
