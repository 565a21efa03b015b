# Checks that no cargo command makes by itself. Sourced by scripts/check.

max_lines=600

# The crates that must stay free of I/O, and what they must therefore never depend on.
pure_crates=(imap-util imap-proto imap-codec)
impure='rustls|ring|aws-lc-.*|openssl.*|native-tls|tokio.*|async-std|smol|mio'

guard_pure_dependencies() {
  local crate tree
  for crate in $(present "${pure_crates[@]}"); do
    tree=$(cargo tree --locked -p "$crate" -e normal --all-features --prefix none)
    if grep -E "^($impure) v" <<<"$tree"; then
      printf '%s must not depend on the above\n' "$crate" >&2
      return 1
    fi
    printf '%s: %d packages, none of them does I/O\n' "$crate" "$(sort -u <<<"$tree" | wc -l)"
  done
  note_absent 'dependency guard' "${pure_crates[@]}"
}

# Proves `no_std` by a build where a target without std is at hand, else by the attribute alone.
guard_no_std() {
  local crates=(imap-proto imap-codec) crate target
  target=$(installed_targets | grep -E -- '-none' | head -n 1 || true)
  if [[ -z $target ]]; then
    left_out 'no_std build: no target without std (rustup target add thumbv7em-none-eabi)'
  fi
  for crate in $(present "${crates[@]}"); do
    if [[ -n $target ]]; then
      cargo check --locked -p "$crate" --lib --no-default-features --target "$target"
    elif ! grep -qE '^#!\[(cfg_attr\(.*, *)?no_std' "crates/$crate/src/lib.rs"; then
      printf '%s: no #![no_std] in its lib.rs\n' "$crate" >&2
      return 1
    fi
  done
  note_absent 'no_std guard' "${crates[@]}"
}

# Lines from the first test module on don't count, nor do files that hold tests only.
guard_file_length() {
  local long
  long=$(find crates/*/src -name '*.rs' -not -name tests.rs -not -path '*/tests/*' -exec awk -v \
    max="$max_lines" '
    FNR == 1 { report(); file = FILENAME; lines = 0; tests = 0; held = 0 }
    tests { next }
    held { held = 0; if (/^(pub(\([a-z]+\))? )?mod .*\{/) { tests = 1; lines--; next } }
    /^#\[cfg\((all\()?test/ { held = 1 }
    { lines++ }
    END { report() }
    function report() { if (lines > max) print file ": " lines " lines without tests" }' {} +)
  if [[ -n $long ]]; then
    printf '%s\nsplit by concept: the limit is %d\n' "$long" "$max_lines" >&2
    return 1
  fi
}

# The oldest compiler is the workspace's `rust-version`, written down nowhere else.
guard_msrv() {
  local msrv toolchain
  msrv=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  if [[ -z $msrv ]]; then
    printf 'no rust-version in Cargo.toml\n' >&2
    return 1
  fi
  toolchain=$(installed_toolchains | grep -E "^$msrv(\.[0-9]+)?(-|$)" | head -n 1 || true)
  if [[ -z $toolchain ]]; then
    left_out "Rust $msrv build: toolchain not installed (rustup toolchain install $msrv)"
    return
  fi
  cargo "+${toolchain%% *}" check --locked --workspace --lib --all-features
}

installed_toolchains() {
  if command -v rustup >/dev/null; then rustup toolchain list; fi
}

installed_targets() {
  if command -v rustup >/dev/null; then rustup target list --installed; fi
}

# present CRATE...: those of them that are in the tree.
present() {
  local crate
  for crate in "$@"; do
    if [[ -d crates/$crate ]]; then printf '%s\n' "$crate"; fi
  done
}

note_absent() {
  local what=$1 crate
  shift
  for crate in "$@"; do
    if [[ ! -d crates/$crate ]]; then left_out "$what of $crate: no such crate"; fi
  done
}
