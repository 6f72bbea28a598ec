#!/usr/bin/env bash
# Formats our own code, or with --check says what is not formatted. Test cases keep their own layout.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

mapfile -t files < <(find checker tests/unit tests/fixtures -name '*.cpp' -o -name '*.h' | sort)
((${#files[@]})) || { echo "format.sh: there is no code here" >&2; exit 1; }
case ${1:-} in
  --check) clang-format-22 --dry-run -Werror "${files[@]}" ;;
  '') clang-format-22 -i "${files[@]}" ;;
  *) echo "usage: format.sh [--check]" >&2; exit 2 ;;
esac
