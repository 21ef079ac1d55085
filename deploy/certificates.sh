#!/bin/sh
# Makes what a cluster of three nodes needs to trust each other, and the address at which Topout reaches it.
# What is there already stays; a missing node certificate is made anew by the same authority.
# Usage: certificates.sh [FOLDER]   (FOLDER holds authority, certificates and access; / by default)
set -eu
umask 077
root=${1:-}
authority=$root/authority
certificates=$root/certificates
access=$root/access
# Who runs the nodes and Topout in their images.
owner=1000:1000
nodes='1 2 3'

die() {
  echo "certificates: $1" >&2
  exit 64
}

# The address below holds the password as it is, so it must need no percent-encoding.
check() {
  case $2 in
    '') die "$1 is not set; expected a password of 16 or more of A-Z a-z 0-9 _ -" ;;
    *[!A-Za-z0-9_-]*) die "$1 has other characters than A-Z a-z 0-9 _ -" ;;
  esac
  [ "${#2}" -ge 16 ] || die "$1 has ${#2} characters; expected 16 or more"
}
check EVENT_STORE_ADMIN_PASSWORD "${EVENT_STORE_ADMIN_PASSWORD:-}"
check EVENT_STORE_OPS_PASSWORD "${EVENT_STORE_OPS_PASSWORD:-}"

# The account topout, where somebody has made it; admin before that.
account=admin
password=$EVENT_STORE_ADMIN_PASSWORD
if [ -n "${EVENT_STORE_TOPOUT_PASSWORD:-}" ]; then
  check EVENT_STORE_TOPOUT_PASSWORD "$EVENT_STORE_TOPOUT_PASSWORD"
  account=topout
  password=$EVENT_STORE_TOPOUT_PASSWORD
fi

mkdir -p "$authority" "$certificates/ca" "$access"

if [ ! -f "$authority/ca.crt" ]; then
  openssl req -x509 -newkey rsa:3072 -noenc -days 3650 -subj '/O=Topout/CN=Topout event store authority' \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
    -keyout "$authority/ca.key" -out "$authority/ca.crt.new" 2>"$authority/openssl.log"
  mv "$authority/ca.crt.new" "$authority/ca.crt"
  echo "certificates: made the authority"
fi
cp "$authority/ca.crt" "$certificates/ca/ca.crt"
cp "$authority/ca.crt" "$access/ca.crt"

for node in $nodes; do
  [ -d "$certificates/node$node" ] && continue
  fresh=$certificates/node$node.new
  rm -rf "$fresh"
  mkdir "$fresh"
  # All nodes have the one common name by which they know their like; the names they answer to are in the extension.
  openssl req -newkey rsa:3072 -noenc -subj /CN=eventstoredb-node \
    -keyout "$fresh/node.key" -out "$fresh/request" 2>"$authority/openssl.log"
  cat >"$fresh/extensions" <<EXTENSIONS
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature,keyEncipherment
extendedKeyUsage=serverAuth,clientAuth
subjectAltName=DNS:event-store-$node,DNS:localhost,IP:127.0.0.1
EXTENSIONS
  openssl x509 -req -in "$fresh/request" -CA "$authority/ca.crt" -CAkey "$authority/ca.key" -CAcreateserial \
    -days 730 -extfile "$fresh/extensions" -out "$fresh/node.crt" 2>"$authority/openssl.log"
  rm "$fresh/request" "$fresh/extensions"
  mv "$fresh" "$certificates/node$node"
  echo "certificates: made those of event-store-$node"
done

hosts=$(for node in $nodes; do printf ',event-store-%s:2113' "$node"; done)
printf 'esdb://%s:%s@%s?tls=true&tlsCaFile=/access/ca.crt\n' "$account" "$password" "${hosts#,}" \
  >"$access/event-store-url.new"
mv "$access/event-store-url.new" "$access/event-store-url"

if [ "$(id -u)" = 0 ]; then chown -R "$owner" "$certificates" "$access"; fi
