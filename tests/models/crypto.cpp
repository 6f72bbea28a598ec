// Cryptography and compression: what takes long, what waits for a peer or a file, and what does neither.
// REQUIRES: common-tests, pack-crypto
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include
#define OPENSSL_SUPPRESS_DEPRECATED
#include <argon2.h>
#include <async_tidy/annotations.h>
#include <brotli/encode.h>
#include <bzlib.h>
#include <gcrypt.h>
#include <gnutls/gnutls.h>
#include <lz4.h>
#include <lzma.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/dh.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/http.h>
#include <openssl/kdf.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <sodium.h>
#include <zlib.h>
#include <zstd.h>

namespace own {
int compress(int level); // not zlib's
int SHA256(int);
} // namespace own

ASYNC_TIDY_RUNS_ON_LOOP void connections(SSL *ssl, BIO *bio, char *buffer, int flags) {
  SSL_connect(ssl);                          // WARN: 'SSL_connect' may block the event loop in 'connections' (network)
  SSL_read(ssl, buffer, 1);                  // WARN: 'SSL_read' may block
  SSL_shutdown(ssl);                         // WARN: 'SSL_shutdown' may block
  SSL_get_error(ssl, 0);
  SSL_pending(ssl);
  BIO_read(bio, buffer, 1);                  // WARN: 'BIO_read' may block
  BIO_do_connect_retry(bio, 5, -1);          // WARN: 'BIO_do_connect_retry' blocks the event loop in 'connections' (network)
  BIO_do_connect_retry(bio, -1, -1);         // WARN: 'BIO_do_connect_retry' blocks
  BIO_wait(bio, 1, 100);                     // WARN: 'BIO_wait' blocks
  BIO_wait(bio, 0, 100);
  BIO_connect(1, nullptr, 0);                // WARN: 'BIO_connect' blocks
  BIO_connect(1, nullptr, flags);            // WARN: 'BIO_connect' blocks
  BIO_connect(1, nullptr, BIO_SOCK_NONBLOCK | BIO_SOCK_NODELAY);
  BIO_accept_ex(1, nullptr, 0);              // WARN: 'BIO_accept_ex' may block
  BIO_lookup("host", "80", BIO_LOOKUP_CLIENT, 0, 0, nullptr); // WARN: 'BIO_lookup' blocks the event loop in 'connections' (dns)
  BIO_lookup(nullptr, "80", BIO_LOOKUP_SERVER, 0, 0, nullptr);
  BIO_new_connect("host:80");
  BIO_new_file("file", "r");                 // WARN: 'BIO_new_file' blocks the event loop in 'connections' (disk)
  OSSL_HTTP_exchange(nullptr, nullptr);      // WARN: 'OSSL_HTTP_exchange' blocks the event loop in 'connections' (network)
  OCSP_sendreq_bio(bio, "/", nullptr);       // WARN: 'OCSP_sendreq_bio' blocks
  OCSP_sendreq_nbio(nullptr, nullptr);
  X509_load_http("http://host", nullptr, nullptr, 0); // WARN: 'X509_load_http' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void files(SSL_CTX *context, FILE *file, unsigned char *buffer) {
  SSL_CTX_use_certificate_chain_file(context, "file"); // WARN: 'SSL_CTX_use_certificate_chain_file' blocks the event loop in 'files' (disk)
  SSL_CTX_load_verify_locations(context, "file", nullptr); // WARN: 'SSL_CTX_load_verify_locations' blocks
  PEM_read_PrivateKey(file, nullptr, nullptr, nullptr); // WARN: 'PEM_read_PrivateKey' blocks
  PEM_read_bio_PrivateKey(nullptr, nullptr, nullptr, nullptr);
  RAND_bytes(buffer, 16);                    // WARN: 'RAND_bytes' may block the event loop in 'files' (disk)
  gzFile zipped = gzopen("file", "rb");      // WARN: 'gzopen' blocks the event loop in 'files' (disk)
  gzread(zipped, buffer, 1);                 // WARN: 'gzread' blocks
  gzgetc(zipped);                            // WARN: 'gzgetc' blocks
  gzeof(zipped);
  gzdopen(1, "rb");                          // WARN: 'gzdopen' may block
  BZ2_bzopen("file", "r");                   // WARN: 'BZ2_bzopen' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void rsaKey(EVP_PKEY *key) {
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nullptr);
  EVP_PKEY_keygen_init(context);
  EVP_PKEY_CTX_set_rsa_keygen_bits(context, 4096);
  EVP_PKEY_keygen(context, &key);            // WARN: 'EVP_PKEY_keygen' blocks the event loop in 'rsaKey' (cpu)
}

ASYNC_TIDY_RUNS_ON_LOOP void curveKey(EVP_PKEY *key) {
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_id(EVP_PKEY_X25519, nullptr);
  EVP_PKEY_keygen_init(context);
  EVP_PKEY_keygen(context, &key);            // WARN: 'EVP_PKEY_keygen' may block the event loop in 'curveKey' (cpu)
  EVP_EC_gen("P-256");                       // WARN: 'EVP_PKEY_Q_keygen' may block
  EVP_RSA_gen(4096);                         // WARN: 'EVP_PKEY_Q_keygen' blocks
  EC_KEY_generate_key(nullptr);              // WARN: 'EC_KEY_generate_key' may block
}

ASYNC_TIDY_RUNS_ON_LOOP void parameters(EVP_PKEY_CTX *context, EVP_PKEY *key) {
  EVP_PKEY_CTX_set_dh_paramgen_prime_len(context, 2048);
  EVP_PKEY_paramgen(context, &key);          // WARN: 'EVP_PKEY_paramgen' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void keys(RSA *rsa, EVP_PKEY_CTX *context, unsigned char *out, size_t *size) {
  RSA_generate_key_ex(rsa, 2048, nullptr, nullptr); // WARN: 'RSA_generate_key_ex' blocks the event loop in 'keys' (cpu)
  DH_generate_parameters_ex(nullptr, 2048, 2, nullptr); // WARN: 'DH_generate_parameters_ex' blocks
  BN_check_prime(nullptr, nullptr, nullptr); // WARN: 'BN_check_prime' blocks
  EVP_PKEY_sign(context, out, size, out, 1); // WARN: 'EVP_PKEY_sign' may block
  EVP_PKEY_sign_init(context);
  PKCS12_parse(nullptr, "", nullptr, nullptr, nullptr); // WARN: 'PKCS12_parse' blocks
  X509_verify_cert(nullptr);                 // WARN: 'X509_verify_cert' may block
  CRYPTO_THREAD_write_lock(nullptr);         // WARN: 'CRYPTO_THREAD_write_lock' blocks the event loop in 'keys' (lock)
  gcry_pk_genkey(nullptr, nullptr);          // WARN: 'gcry_pk_genkey' blocks
  gcry_pk_sign(nullptr, nullptr, nullptr);   // WARN: 'gcry_pk_sign' may block
}

ASYNC_TIDY_RUNS_ON_LOOP void passwords(unsigned char *out, const char *password, int rounds) {
  EVP_PBE_scrypt(password, 8, out, 8, 16384, 8, 1, 0, out, 32); // WARN: 'EVP_PBE_scrypt' blocks the event loop in 'passwords' (cpu)
  EVP_PBE_scrypt(nullptr, 0, nullptr, 0, 16384, 8, 1, 0, nullptr, 0);
  PKCS5_PBKDF2_HMAC(password, 8, out, 8, 100000, EVP_sha256(), 32, out); // WARN: 'PKCS5_PBKDF2_HMAC' blocks
  PKCS5_PBKDF2_HMAC(password, 8, out, 8, rounds, EVP_sha256(), 32, out); // WARN: 'PKCS5_PBKDF2_HMAC' blocks
  PKCS5_PBKDF2_HMAC(password, 8, out, 8, 1, EVP_sha256(), 32, out);
  PKCS5_PBKDF2_HMAC_SHA1(password, 8, out, 8, 4096, 32, out); // WARN: 'PKCS5_PBKDF2_HMAC_SHA1' blocks
  EVP_KDF_derive(nullptr, out, 32, nullptr); // WARN: 'EVP_KDF_derive' may block
  crypto_pwhash(out, 32, password, 8, out, 1, 1, 1); // WARN: 'crypto_pwhash' blocks
  crypto_pwhash_memlimit_min();
  argon2id_verify("", password, 8);          // WARN: 'argon2id_verify' blocks
  randombytes_buf(out, 32);                  // WARN: 'randombytes_buf' may block the event loop in 'passwords' (disk)
  sodium_init();                             // WARN: 'sodium_init' may block
}

ASYNC_TIDY_RUNS_ON_LOOP void data(unsigned char *out, const unsigned char *in, size_t size, EVP_MD_CTX *digest,
                                  z_stream *stream, gnutls_session_t session) {
  SHA256(in, size, out);                     // WARN: 'SHA256' may block the event loop in 'data' (cpu)
  SHA256(in, 64, out);
  own::SHA256(1);
  EVP_DigestUpdate(digest, in, size);        // WARN: 'EVP_DigestUpdate' may block
  EVP_DigestUpdate(digest, in, sizeof(long));
  HMAC(EVP_sha256(), in, 16, in, size, out, nullptr); // WARN: 'HMAC' may block
  HMAC(EVP_sha256(), in, 16, in, 32, out, nullptr);
  EVP_EncryptUpdate(nullptr, out, nullptr, in, int(size)); // WARN: 'EVP_EncryptUpdate' may block
  EVP_EncryptUpdate(nullptr, out, nullptr, in, 16);
  compress(out, nullptr, in, size);          // WARN: 'compress' may block
  own::compress(9);
  deflate(stream, Z_FINISH);                 // WARN: 'deflate' may block
  deflateInit(stream, 9);
  ZSTD_compress(out, size, in, size, 19);    // WARN: 'ZSTD_compress' may block
  ZSTD_compressBound(size);
  LZ4_decompress_safe(nullptr, nullptr, 1, 1); // WARN: 'LZ4_decompress_safe' may block
  lzma_code(nullptr, LZMA_RUN);              // WARN: 'lzma_code' may block
  BrotliEncoderCompress(11, 22, BROTLI_MODE_TEXT, size, in, nullptr, out); // WARN: 'BrotliEncoderCompress' may block
  gnutls_handshake(session);                 // WARN: 'gnutls_handshake' may block the event loop in 'data' (network)
  gnutls_record_check_pending(session);
}
