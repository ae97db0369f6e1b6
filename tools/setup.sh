# What ./demo and ./test share: installing packages and building. Sourced from the repository's root.

say() { printf '%s\n' "==> $*" >&2; }

# install_packages build|all: the packages of packages.txt that are not there yet; "build" leaves
# out those of its second part, which only the tests need.
install_packages() {
  local wanted missing=()
  if [ "$1" = all ]; then
    wanted=$(sed 's/#.*//' packages.txt | awk 'NF {print $1}')
  else
    wanted=$(sed '/^# tests/,$d; s/#.*//' packages.txt | awk 'NF {print $1}')
  fi
  for package in $wanted; do
    # A program that is already there (a newer node, say) serves as well as Debian's.
    case $package in nodejs) command -v node >/dev/null && continue ;; npm) command -v npm >/dev/null && continue ;; esac
    dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  mkdir -p build
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  say "installing ${#missing[@]} Debian packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  # The tests start a database server of their own; its package need not start one for everybody.
  local no_cluster=/etc/postgresql-common/createcluster.d/kronik.conf
  "${as_root[@]}" mkdir -p "${no_cluster%/*}"
  echo 'create_main_cluster = false' | "${as_root[@]}" tee "$no_cluster" >/dev/null
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >build/packages.log 2>&1 || { tail -20 build/packages.log >&2; return 1; }
  "${as_root[@]}" rm "$no_cluster"
  rm -f build/packages.log
}

# build ON|OFF: builds build/release, with the tests or without them (and what they need).
build() {
  say "building into build/release"
  cmake --preset release -DKRONIK_TESTS="$1" -DKRONIK_BENCHMARKS="$1" >/dev/null
  cmake --build --preset release
}
