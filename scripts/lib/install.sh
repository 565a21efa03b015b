# What the checks need from the machine. On Debian as root it is installed; elsewhere the script
# says what is missing and ends. Sourced by scripts/check.

apt_lists_fresh=no

# prepare_machine WITH_SERVERS: `yes` or `no`.
prepare_machine() {
  require_rust
  if ! has_c_compiler; then
    provide 'a C compiler (the crate ring builds C code)' gcc libc6-dev
  fi
  if [[ $1 == yes ]] && ! has_dovecot; then
    provide 'Dovecot with IMAP (the tests against real servers; --offline leaves them out)' \
      dovecot-imapd
  fi
  if [[ $1 == yes ]] && ! has_cyrus; then
    provide_cyrus
  fi
  if [[ $1 == yes ]]; then
    provide_clients
  fi
}

# The clients of others that the servers of this project are tested with.
provide_clients() {
  local client program package
  for client in curl:curl python3:python3 mbsync:isync mutt:mutt offlineimap:offlineimap3 \
    node:nodejs npm:npm; do
    program=${client%:*} package=${client#*:}
    if ! command -v "$program" >/dev/null; then
      provide "$program (a client of the test servers; --offline leaves it out)" "$package"
    fi
  done
}

require_rust() {
  if ! command -v cargo >/dev/null; then
    missing 'cargo' 'https://rustup.rs'
  fi
  local component
  for component in fmt clippy; do
    if ! cargo "$component" --version >/dev/null 2>&1; then
      provide_component "${component/#fmt/rustfmt}"
    fi
  done
}

has_c_compiler() {
  command -v cc >/dev/null
}

has_cxx_compiler() {
  command -v c++ >/dev/null
}

# Both packages are needed: the server itself and its IMAP service.
has_dovecot() {
  PATH=$PATH:/usr/sbin:/usr/local/sbin command -v dovecot >/dev/null || return 1
  local folder
  for folder in /usr/lib/dovecot /usr/libexec/dovecot /usr/local/libexec/dovecot; do
    [[ -x $folder/imap ]] && return 0
  done
  return 1
}

# Where Cyrus's IMAP service is unpacked, since its package and Dovecot's conflict.
cyrus_imapd=/var/cache/imap-interop/cyrus-imapd

# The server, its IMAP service, passwords from a query, and writes that don't wait for the disk.
has_cyrus() {
  [[ -x /usr/lib/cyrus/bin/master ]] || return 1
  [[ -x /usr/lib/cyrus/bin/imapd || -x $cyrus_imapd/usr/lib/cyrus/bin/imapd ]] || return 1
  compgen -G '/usr/lib/*/sasl2/libscram.so' >/dev/null || return 1
  compgen -G '/usr/lib/*/sasl2/libsql.so' >/dev/null || return 1
  compgen -G '/usr/lib/*/libeatmydata.so' >/dev/null
}

provide_cyrus() {
  local what='Cyrus IMAP (the tests against real servers; --offline leaves them out)' folder
  may_install || missing "$what" 'scripts/check as root on Debian 12'
  provide "$what" cyrus-common libeatmydata1 libsasl2-modules libsasl2-modules-sql
  folder=$(mktemp -d)
  (cd "$folder" && apt-get download -q -o APT::Sandbox::User=root cyrus-imapd)
  install -d -m 755 "$cyrus_imapd"
  dpkg -x "$folder"/cyrus-imapd_*.deb "$cyrus_imapd"
  rm -r "$folder"
}

may_install() {
  [[ $(id -u) == 0 && -e /etc/debian_version ]] && command -v apt-get >/dev/null
}

# provide WHAT PACKAGE...: installs the packages. Should one of them start a service of its own,
# that doesn't matter: the tests run their own instances on ports of their own.
provide() {
  local what=$1
  shift
  may_install || missing "$what" "apt-get install $*"
  export DEBIAN_FRONTEND=noninteractive
  if [[ $apt_lists_fresh == no ]]; then
    apt-get update -q
    apt_lists_fresh=yes
  fi
  apt-get install -y -q --no-install-recommends "$@"
}

provide_component() {
  if may_install && command -v rustup >/dev/null; then
    rustup component add "$1"
  else
    missing "$1" "rustup component add $1"
  fi
}

missing() {
  printf 'missing: %s\n  get it by: %s\n' "$1" "$2" >&2
  exit 1
}
