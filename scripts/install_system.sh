#!/bin/sh
# Install what pages and tests need from the system: `fonts` (Chinese), `chromium` (browser tests), `archives`
# (libarchive, for .rar and .7z).
# As root on Debian they are installed; elsewhere one line says what is missing and what follows. Never fails.
set -u

install() { # package, what for
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        [ -n "${updated:-}" ] || { apt-get update -qq >/dev/null 2>&1; updated=1; }
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$1" >/dev/null 2>&1 && return 0
    fi
    echo "Note: $1 is not installed and could not be installed here: $2"
}

for want in "$@"; do
    case "$want" in
    fonts)
        if command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh 2>/dev/null | head -1)" ]; then :
        else install fonts-noto-cjk "Chinese may show as boxes in a browser on this machine (other machines use their own fonts)."; fi ;;
    chromium)
        command -v chromium >/dev/null 2>&1 || install chromium "the browser tests will be left out." ;;
    archives)
        ldconfig -p 2>/dev/null | grep -q 'libarchive\.so' || install libarchive13 ".rar and .7z archives will not be read." ;;
    *) echo "Unknown: $want (fonts, chromium, archives)"; exit 2 ;;
    esac
done
