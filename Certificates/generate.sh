#!/usr/bin/env bash
# Makes every sample certificate, key and keystore of this folder again; README.md says what each one is.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: generate.sh [--output DIR] [--salted] [--new-keys]

Writes the sample certificates, keys and keystores. Safe to run again: private keys that are there are kept, and
with them everything that follows from a key alone comes out byte for byte the same.

  --output DIR   write there instead of beside this script (its keys are made when it has none)
  --salted       also make anew what holds random salts or signatures: encrypted keys, PKCS#12, JKS, EC, PSS;
                 without it such a file is made only where it is missing
  --new-keys     make new private keys too; implies --salted. Afterwards run Tests/Vectors/Attacks/forge.py

Needs openssl 3 and python3; with keytool it makes the Java keystores, without it leaves them as they are.
TEXT
}

here=$(cd "$(dirname "$0")" && pwd)
output=$here
salted=false
new_keys=false
while [ $# -gt 0 ]; do
  case $1 in
    --output) [ $# -ge 2 ] || { usage >&2; exit 2; }; output=$2; shift ;;
    --salted) salted=true ;;
    --new-keys) new_keys=true; salted=true ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
for tool in openssl python3; do
  command -v "$tool" >/dev/null || { echo "generate.sh: $tool is missing" >&2; exit 1; }
done

mkdir -p "$output"
cd "$output"
mkdir -p salesforce shapes weak foreign keystores keys
export HANDMADE=$here
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Passphrases of test files, not secrets: README.md prints them too.
readonly passphrase=test-only-passphrase
readonly keystore_password=my-cobrowse-keystore  # what Cobrowse's own ServiceNow keystores use by default
readonly entry_password=test-only-entry
readonly comment='TEST-ONLY: not a production key, see Certificates/README.md'
readonly subject_tail='/OU=00D8Z000000btHhUAI/O=Salesforce.com/L=San Francisco/ST=CA/C=US'

# --- Helpers ---------------------------------------------------------------------------------------------------------

# Whether the salted file $1 is to be made now.
due() { "$salted" || [ ! -e "$1" ]; }

# Writes the PEM on standard input to $1 below a line that says what it is.
marked() { { echo "$comment"; cat; } >"$1"; }

# private_key FILE GENPKEY-ARGUMENT...: a new PKCS#8 key unless there is one.
private_key() {
  local file=$1; shift
  if "$new_keys" || [ ! -e "$file" ]; then openssl genpkey -quiet "$@" 2>/dev/null | marked "$file"; fi
}

# The configuration of `openssl ca`, the one command of OpenSSL 3.0 that takes both dates.
cat >"$work/ca.cnf" <<TEXT
[ca]
default_ca = ca_default
[ca_default]
new_certs_dir = $work
database = $work/index
serial = $work/serial
unique_subject = no
policy = any
preserve = yes
email_in_dn = no
default_md = default
[any]
commonName = supplied
organizationalUnitName = optional
organizationName = optional
localityName = optional
stateOrProvinceName = optional
countryName = optional
[self_signed]
basicConstraints = critical, CA:TRUE
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[leaf]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
subjectKeyIdentifier = hash
[authority]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[req]
prompt = no
distinguished_name = empty
[empty]
TEXT

# certificate FILE KEY SUBJECT SERIAL NOT_BEFORE NOT_AFTER EXTENSIONS CA-ARGUMENT...
# Self-signed unless the arguments name another signer.
certificate() {
  local file=$1 key=$2 subject=$3 serial=$4 start=$5 end=$6 extensions=$7; shift 7
  local signer=(-selfsign -keyfile "$key") sign_request=()
  [[ " $* " == *" -cert "* ]] && signer=()
  [[ " $* " == *rsa_padding_mode:pss* ]] && sign_request=(-sigopt rsa_padding_mode:pss)
  : >"$work/index"
  echo "$serial" >"$work/serial"
  openssl req -new -key "$key" -config "$work/ca.cnf" -subj "$subject" "${sign_request[@]}" -out "$work/request.pem"
  openssl ca -batch -notext -config "$work/ca.cnf" -in "$work/request.pem" -out "$work/new.pem" \
    -startdate "$start" -enddate "$end" -extensions "$extensions" "${signer[@]}" "$@" 2>"$work/log" ||
    { cat "$work/log" >&2; exit 1; }
  cp "$work/new.pem" "$file"
}

readonly from=20250101000000Z until=21250101000000Z  # a hundred years where validity is not the point

# --- salesforce/: as Certificate and Key Management hands them over ---------------------------------------------------

cd salesforce
main=CobrowseIO-TEST-ONLY.key.pem
private_key "$main" -algorithm RSA -pkeyopt rsa_keygen_bits:2048
private_key CobrowseIO-renewed-TEST-ONLY.key.pem -algorithm RSA -pkeyopt rsa_keygen_bits:2048
private_key CobrowseIO-3072-TEST-ONLY.key.pem -algorithm RSA -pkeyopt rsa_keygen_bits:3072
private_key CobrowseIO-4096-TEST-ONLY.key.pem -algorithm RSA -pkeyopt rsa_keygen_bits:4096

serial=01901F3B2C4A00000000A1B2C3
certificate CobrowseIO.crt "$main" "/CN=CobrowseIO$subject_tail" "${serial}01" $from $until self_signed
certificate CobrowseIO-renewed.crt CobrowseIO-renewed-TEST-ONLY.key.pem "/CN=CobrowseIO$subject_tail" \
  "${serial}02" 20260101000000Z $until self_signed
certificate CobrowseIO-3072.crt CobrowseIO-3072-TEST-ONLY.key.pem "/CN=CobrowseIO$subject_tail" \
  "${serial}03" 20260101000000Z 20270101000000Z self_signed
certificate CobrowseIO-4096.crt CobrowseIO-4096-TEST-ONLY.key.pem "/CN=CobrowseIO$subject_tail" \
  "${serial}04" 20260101000000Z 20280101000000Z self_signed
certificate CobrowseIO-expired.crt "$main" "/CN=CobrowseIO$subject_tail" \
  "${serial}05" 20200101120000Z 20210101120000Z self_signed
certificate CobrowseIO-not-yet-valid.crt "$main" "/CN=CobrowseIO$subject_tail" \
  "${serial}06" 21200101000000Z 21210101000000Z self_signed
openssl x509 -in CobrowseIO.crt -noout -pubkey >CobrowseIO.pub.pem
cd ..

# --- keys/: the private half in every form, and keys of other people --------------------------------------------------

main=salesforce/CobrowseIO-TEST-ONLY.key.pem
private_key keys/Other-TEST-ONLY.key.pem -algorithm RSA -pkeyopt rsa_keygen_bits:2048
openssl pkey -in keys/Other-TEST-ONLY.key.pem -pubout -out keys/Other.pub.pem
openssl pkey -in $main -traditional | marked keys/CobrowseIO-pkcs1-TEST-ONLY.key.pem
openssl rsa -in $main -traditional -outform DER -out keys/CobrowseIO-pkcs1-TEST-ONLY.key.der 2>/dev/null
openssl pkcs8 -topk8 -nocrypt -in $main -outform DER -out keys/CobrowseIO-pkcs8-TEST-ONLY.key.der
sed 's/$/\r/' $main >keys/CobrowseIO-crlf-TEST-ONLY.key.pem
cat salesforce/CobrowseIO.crt $main >keys/CobrowseIO-certificate-and-key-TEST-ONLY.pem
awk '{printf "%s\\n", $0}' keys/CobrowseIO-certificate-and-key-TEST-ONLY.pem \
  >keys/CobrowseIO-literal-newlines-TEST-ONLY.txt
cat $main salesforce/CobrowseIO.crt >keys/CobrowseIO-key-and-certificate-TEST-ONLY.pem
if due keys/CobrowseIO-encrypted-TEST-ONLY.key.pem; then
  openssl pkcs8 -topk8 -in $main -v2 aes-256-cbc -iter 2048 -passout "pass:$passphrase" |
    marked keys/CobrowseIO-encrypted-TEST-ONLY.key.pem
fi
if due keys/CobrowseIO-pkcs1-encrypted-TEST-ONLY.key.pem; then
  openssl pkey -in $main -traditional -aes128 -passout "pass:$passphrase" |
    marked keys/CobrowseIO-pkcs1-encrypted-TEST-ONLY.key.pem
fi

# --- shapes/: one certificate, many wrappings -------------------------------------------------------------------------

crt=salesforce/CobrowseIO.crt
body() { sed '/^-----/d' "$1" | tr -d '\n'; }
openssl x509 -in $crt -outform DER -out shapes/CobrowseIO.der
sed 's/$/\r/' $crt >shapes/crlf.crt
tr '\n' '\r' <$crt >shapes/carriage-returns-only.crt
{ printf '\xef\xbb\xbf'; cat $crt; } >shapes/utf8-bom.crt
for form in LE BE; do
  { [ $form = LE ] && printf '\xff\xfe' || printf '\xfe\xff'; iconv -f UTF-8 -t UTF-16$form $crt; } \
    >"shapes/utf16-$(echo $form | tr LBE lbe).crt"
done
openssl x509 -in $crt -text >shapes/text-before.crt
cat >shapes/bag-attributes.crt <<TEXT
Bag Attributes
    friendlyName: cobrowseio
    localKeyID: 54 69 6D 65 20 31 37 33 35 36 38 39 36 30 30 30 30 30 
subject=CN = CobrowseIO, OU = 00D8Z000000btHhUAI, O = Salesforce.com, L = San Francisco, ST = CA, C = US

issuer=CN = CobrowseIO, OU = 00D8Z000000btHhUAI, O = Salesforce.com, L = San Francisco, ST = CA, C = US

$(cat $crt)
TEXT
cat $crt salesforce/CobrowseIO-renewed.crt >shapes/bundle-of-two.crt
cat $crt $crt >shapes/bundle-of-twice-the-same.crt
openssl x509 -in $crt -trustout -addtrust serverAuth -out shapes/trusted-certificate.crt
{ echo '-----BEGIN X509 CERTIFICATE-----'; sed '/^-----/d' $crt; echo '-----END X509 CERTIFICATE-----'; } \
  >shapes/x509-label.crt
printf '%s' "$(cat $crt)" >shapes/no-final-newline.crt
tr '\n' ' ' <$crt >shapes/one-line-spaces.crt
tr -d '\n' <$crt >shapes/one-line.crt
{ echo '-----BEGIN CERTIFICATE-----'; body $crt; echo; echo '-----END CERTIFICATE-----'; } >shapes/unwrapped.crt
{ echo '-----BEGIN CERTIFICATE-----'; body $crt | fold -w 76; echo; echo '-----END CERTIFICATE-----'; } \
  >shapes/76-columns.crt
awk '{printf "%s\\n", $0}' $crt >shapes/literal-newlines.txt
awk '{printf "%s\\r\\n", $0}' $crt >shapes/literal-crlf.txt
printf '"%s"\n' "$(awk '{printf "%s\\n", $0}' $crt)" >shapes/quoted-json-string.txt
{ printf '"'; printf '%s' "$(cat $crt)"; echo '"'; } >shapes/quoted.txt
sed 's/^/    /' $crt >shapes/indented.crt
sed 's/^/\t/' $crt >shapes/indented-tab.crt
sed 's/$/  /' $crt >shapes/trailing-spaces.crt
sed 's/^/> /' $crt >shapes/mail-quote.txt
{ echo; echo; cat $crt; echo; echo; } >shapes/blank-lines-around.crt
sed 's/-----BEGIN/----- BEGIN/; s/-----END/----- END/' $crt >shapes/wrong-armour.crt
sed 's/^-----B/—–B/; s/^-----E/—–E/' $crt >shapes/typographic-dashes.txt
sed '/^-----/d' $crt >shapes/bare-base64.txt
body $crt >shapes/bare-base64-one-line.txt
openssl crl2pkcs7 -nocrl -certfile $crt -out shapes/CobrowseIO.p7b
openssl crl2pkcs7 -nocrl -certfile $crt -outform DER -out shapes/CobrowseIO.p7c
openssl crl2pkcs7 -nocrl -certfile shapes/bundle-of-two.crt -out shapes/bundle-of-two.p7b
openssl crl2pkcs7 -nocrl -certfile /dev/null -out shapes/no-certificates.p7b
for form in LE BE; do
  iconv -f UTF-8 -t UTF-16$form $crt >"shapes/utf16-$(echo $form | tr LBE lbe)-no-mark.crt"
done
sed 's/$/\n/' $crt >shapes/double-spaced.crt
{ echo 'certificate: |'; sed 's/^/  /' $crt; } >shapes/block.yaml
printf '{"certificate":"%s","alias":"crm"}\n' "$(awk '{printf "%s\\n", $0}' $crt | sed 's,/,\\/,g')" >shapes/member.json
sed 's/^/    "/; s/$/\\n" +/; $s/ +$/;/' $crt >shapes/source-code.txt
openssl base64 -A -in $crt -out shapes/base64-of-all.txt
{ echo '-----BEGIN CERTIFICATE-----'; sed '/^-----/d' shapes/CobrowseIO.p7b; echo '-----END CERTIFICATE-----'; } \
  >shapes/p7b-as-certificate.crt
openssl pkey -in $main -pubout -out shapes/CobrowseIO.pub.pem
openssl pkey -in $main -pubout -outform DER -out shapes/CobrowseIO.pub.der
openssl rsa -in $main -RSAPublicKey_out -out shapes/CobrowseIO-pkcs1.pub.pem 2>/dev/null
sed '/^-----/d' shapes/CobrowseIO.pub.pem >shapes/public-key-bare-base64.txt
awk '{printf "%s\\n", $0}' shapes/CobrowseIO.pub.pem >shapes/public-key-literal-newlines.txt
sed 's/PUBLIC KEY/CERTIFICATE/' shapes/CobrowseIO.pub.pem >shapes/public-key-as-certificate.crt
sed 's/PUBLIC KEY/RSA PUBLIC KEY/' shapes/CobrowseIO.pub.pem >shapes/public-key-as-pkcs1.pem

# --- weak/ and foreign/: what must be refused, and with which code ----------------------------------------------------

private_key weak/rsa-1024-TEST-ONLY.key.pem -algorithm RSA -pkeyopt rsa_keygen_bits:1024
private_key weak/exponent-3-TEST-ONLY.key.pem -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3
certificate weak/sha1.crt $main "/CN=CobrowseIO sha1$subject_tail" 1001 $from $until self_signed -md sha1
certificate weak/md5.crt $main "/CN=CobrowseIO md5$subject_tail" 1002 $from $until self_signed -md md5
certificate weak/rsa-1024.crt weak/rsa-1024-TEST-ONLY.key.pem "/CN=CobrowseIO 1024$subject_tail" \
  1003 $from $until self_signed
certificate weak/exponent-3.crt weak/exponent-3-TEST-ONLY.key.pem "/CN=CobrowseIO exponent 3$subject_tail" \
  1004 $from $until self_signed
openssl pkey -in weak/rsa-1024-TEST-ONLY.key.pem -pubout -out weak/rsa-1024.pub.pem
openssl pkey -in weak/exponent-3-TEST-ONLY.key.pem -pubout -out weak/exponent-3.pub.pem

private_key foreign/ec-p256-TEST-ONLY.key.pem -algorithm EC -pkeyopt ec_paramgen_curve:P-256
private_key foreign/ed25519-TEST-ONLY.key.pem -algorithm ED25519
private_key foreign/rsa-pss-TEST-ONLY.key.pem -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048
private_key foreign/authority-TEST-ONLY.key.pem -algorithm RSA -pkeyopt rsa_keygen_bits:2048
for kind in ec-p256 ed25519 rsa-pss; do
  openssl pkey -in foreign/$kind-TEST-ONLY.key.pem -pubout -out foreign/$kind.pub.pem
done
if due foreign/ec-p256.crt; then
  certificate foreign/ec-p256.crt foreign/ec-p256-TEST-ONLY.key.pem "/CN=CobrowseIO EC$subject_tail" \
    1005 $from $until self_signed -md sha256
fi
certificate foreign/ed25519.crt foreign/ed25519-TEST-ONLY.key.pem "/CN=CobrowseIO Ed25519$subject_tail" \
  1006 $from $until self_signed
if due foreign/rsa-pss.crt; then
  certificate foreign/rsa-pss.crt foreign/rsa-pss-TEST-ONLY.key.pem "/CN=CobrowseIO PSS key$subject_tail" \
    1007 $from $until self_signed -md sha256
fi
if due foreign/rsa-key-pss-signature.crt; then
  certificate foreign/rsa-key-pss-signature.crt $main "/CN=CobrowseIO PSS signature$subject_tail" \
    1008 $from $until self_signed -md sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32
fi
certificate foreign/authority.crt foreign/authority-TEST-ONLY.key.pem "/CN=Test Only Authority/O=Example/C=DE" \
  1009 $from $until authority
certificate foreign/authority-signed.crt $main "/CN=cobrowse.example.com/O=Example/C=DE" 1010 $from $until leaf \
  -cert foreign/authority.crt -keyfile foreign/authority-TEST-ONLY.key.pem
cat foreign/authority-signed.crt foreign/authority.crt >foreign/authority-signed-chain.pem
cat foreign/authority.crt foreign/authority-signed.crt >foreign/authority-signed-chain-reversed.pem
openssl crl2pkcs7 -nocrl -certfile foreign/authority-signed-chain-reversed.pem -out foreign/authority-signed-chain.p7b
openssl req -new -key $main -config "$work/ca.cnf" -subj "/CN=CobrowseIO$subject_tail" -out foreign/CobrowseIO.csr
{ printf 'ssh-rsa '; python3 - $main <<'PYTHON'
import base64, os, sys
sys.dont_write_bytecode = True
sys.path.insert(0, os.environ["HANDMADE"])
import handmade
key = handmade.RSAKey.from_file(sys.argv[1])
mpint = lambda value: handmade.der_integer(value)[-(value.bit_length() // 8 + 1):]
text = b"".join(len(part).to_bytes(4, "big") + part for part in (b"ssh-rsa", mpint(key.e), mpint(key.n)))
print(base64.b64encode(text).decode(), "test-only@example.com")
PYTHON
} >foreign/openssh.pub
: >foreign/empty.crt
printf ' \n\t\n' >foreign/white-space.crt
printf 'This is not a certificate.\n' >foreign/garbage.crt
printf '\x00\x01\x02\x03\xfe\xff\x80\x81' >foreign/garbage.der
printf '<!DOCTYPE html>\n<html><head><title>Login | Salesforce</title></head><body>Session expired</body></html>\n' \
  >foreign/login-page.crt
head -c 400 shapes/CobrowseIO.der >foreign/truncated.der
{ cat shapes/CobrowseIO.der; printf 'trailing'; } >foreign/trailing-bytes.der
{ echo '-----BEGIN CERTIFICATE-----'; openssl base64 -in foreign/truncated.der; echo '-----END CERTIFICATE-----'; } \
  >foreign/truncated-der.crt
head -n 10 $crt >foreign/no-end-line.crt
sed '1d' $crt >foreign/no-begin-line.crt
sed '5s/^..../!*#%/' $crt >foreign/bad-base64.crt
sed '5d' $crt >foreign/missing-line.crt
sed 's/END CERTIFICATE/END PUBLIC KEY/' $crt >foreign/labels-differ.crt
printf -- '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n' >foreign/empty-block.crt
printf '\x30\x84\xff\xff\xff\xff' >foreign/huge-length.der
printf '\x30\x80\x00\x00' >foreign/indefinite-length.der

# --- What no tool makes: see handmade.py ------------------------------------------------------------------------------

PYTHONDONTWRITEBYTECODE=1 python3 "$here/handmade.py" make .

# --- keystores/ -------------------------------------------------------------------------------------------------------

renewed_crt=salesforce/CobrowseIO-renewed.crt
renewed_key=salesforce/CobrowseIO-renewed-TEST-ONLY.key.pem
printf '%s\n' "$keystore_password" >keystores/password-TEST-ONLY.txt
printf '%s\n' "$entry_password" >keystores/entry-password-TEST-ONLY.txt
printf 'not-the-password\n' >keystores/wrong-password.txt

# pkcs12 FILE PASSWORD ARGUMENT...
pkcs12() {
  local file=keystores/$1 password=$2; shift 2
  if due "$file"; then openssl pkcs12 -export -out "$file" -passout "pass:$password" -iter 2048 "$@"; fi
}
pkcs12 modern-TEST-ONLY.p12 $keystore_password -inkey $main -in $crt -name cobrowseio
pkcs12 legacy-rc2-TEST-ONLY.p12 $keystore_password -inkey $main -in $crt -name cobrowseio -legacy
pkcs12 legacy-3des-TEST-ONLY.p12 $keystore_password -inkey $main -in $crt -name cobrowseio \
  -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1
pkcs12 no-mac-TEST-ONLY.p12 $keystore_password -inkey $main -in $crt -name cobrowseio -nomac
pkcs12 unencrypted-TEST-ONLY.p12 $keystore_password -inkey $main -in $crt -name cobrowseio \
  -keypbe NONE -certpbe NONE
pkcs12 empty-password-TEST-ONLY.p12 '' -inkey $main -in $crt -name cobrowseio
pkcs12 certificate-only.p12 $keystore_password -nokeys -in $crt -caname cobrowseio
pkcs12 no-alias-TEST-ONLY.p12 $keystore_password -inkey $main -in $crt
pkcs12 ec-key-TEST-ONLY.p12 $keystore_password -inkey foreign/ec-p256-TEST-ONLY.key.pem -in foreign/ec-p256.crt -name ec
head -c 1000 keystores/modern-TEST-ONLY.p12 >keystores/truncated-TEST-ONLY.p12

if command -v keytool >/dev/null; then
  # java_key FILE TYPE ALIAS KEY CERTIFICATE ENTRY_PASSWORD: adds a key entry by way of a PKCS#12 file.
  java_key() {
    rm -f "$work/entry.p12"
    openssl pkcs12 -export -out "$work/entry.p12" -passout "pass:$keystore_password" -inkey "$4" -in "$5" -name "$3"
    keytool -importkeystore -noprompt -srckeystore "$work/entry.p12" -srcstoretype PKCS12 \
      -srcstorepass "$keystore_password" -srcalias "$3" -destkeystore "$1" -deststoretype "$2" \
      -deststorepass "$keystore_password" -destkeypass "$6" 2>>"$work/log"
  }
  java_certificate() {  # FILE TYPE ALIAS CERTIFICATE
    keytool -importcert -noprompt -keystore "$1" -storetype "$2" -storepass "$keystore_password" \
      -alias "$3" -file "$4" >>"$work/log" 2>&1
  }
  # java_due FILE: whether the Java keystore is to be made; then it is not there any more.
  java_due() { due "$1" && rm -f "$1"; }

  store=keystores/one-key-TEST-ONLY.jks
  if java_due $store; then java_key $store JKS cobrowseio $main $crt $keystore_password; fi
  store=keystores/trusted-certificate.jks
  if java_due $store; then java_certificate $store JKS cobrowseio $crt; fi
  store=keystores/two-keys-TEST-ONLY.jks
  if java_due $store; then
    java_key $store JKS cobrowseio $main $crt $keystore_password
    java_key $store JKS cobrowseio_renewed $renewed_key $renewed_crt $keystore_password
  fi
  store=keystores/key-and-certificate-TEST-ONLY.jks
  if java_due $store; then
    java_key $store JKS cobrowseio $main $crt $keystore_password
    java_certificate $store JKS partner $renewed_crt
  fi
  store=keystores/other-entry-password-TEST-ONLY.jks
  if java_due $store; then java_key $store JKS cobrowseio $main $crt $entry_password; fi
  store=keystores/chain-TEST-ONLY.jks
  if java_due $store; then
    java_key $store JKS cobrowseio $main foreign/authority-signed-chain.pem $keystore_password
  fi
  store=keystores/ec-key-TEST-ONLY.jks
  if java_due $store; then
    java_key $store JKS ec foreign/ec-p256-TEST-ONLY.key.pem foreign/ec-p256.crt $keystore_password
  fi
  store=keystores/java-TEST-ONLY.p12
  if java_due $store; then java_key $store PKCS12 cobrowseio $main $crt $keystore_password; fi
  store=keystores/java-two-keys-TEST-ONLY.p12
  if java_due $store; then
    java_key $store PKCS12 cobrowseio $main $crt $keystore_password
    java_key $store PKCS12 cobrowseio_renewed $renewed_key $renewed_crt $keystore_password
  fi
  store=keystores/java-trusted-certificate.p12
  if java_due $store; then java_certificate $store PKCS12 cobrowseio $crt; fi
  store=keystores/jceks-TEST-ONLY.jks
  if java_due $store; then java_key $store JCEKS cobrowseio $main $crt $keystore_password; fi
else
  echo 'generate.sh: keytool is missing, the Java keystores stay as they are' >&2
fi
if [ -e keystores/one-key-TEST-ONLY.jks ]; then
  head -c 1500 keystores/one-key-TEST-ONLY.jks >keystores/truncated-TEST-ONLY.jks
  python3 - keystores/one-key-TEST-ONLY.jks keystores/changed-byte-TEST-ONLY.jks <<'PYTHON'
import pathlib, sys
data = bytearray(pathlib.Path(sys.argv[1]).read_bytes())
data[len(data) // 2] ^= 1
pathlib.Path(sys.argv[2]).write_bytes(data)
PYTHON
fi
printf '\xfe\xed\xfe\xed\x00\x00\x00\x02\xff\xff\xff\xff' >keystores/huge-entry-count.jks

PYTHONDONTWRITEBYTECODE=1 python3 "$here/handmade.py" expect .
