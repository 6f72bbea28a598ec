// OpenLDAP: functions that wait for the answer, and those that do not.
// REQUIRES: common-tests, pack-openldap
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <ldap.h>
#include <sys/time.h>

ASYNC_TIDY_RUNS_ON_LOOP void directory(LDAP *ldap, LDAPMessage *result, int message) {
  ldap_initialize(&ldap, "ldap://host");
  ldap_start_tls_s(ldap, nullptr, nullptr);         // WARN: 'ldap_start_tls_s' blocks the event loop in 'directory' (network)
  ldap_start_tls(ldap, nullptr, nullptr, &message);
  ldap_sasl_bind_s(ldap, "", LDAP_SASL_SIMPLE, nullptr, nullptr, nullptr, nullptr); // WARN: 'ldap_sasl_bind_s' blocks
  ldap_sasl_bind(ldap, "", LDAP_SASL_SIMPLE, nullptr, nullptr, nullptr, &message);
  ldap_search_ext_s(ldap, "", LDAP_SCOPE_BASE, "", nullptr, 0, nullptr, nullptr, nullptr, 0, &result); // WARN: 'ldap_search_ext_s' blocks
  ldap_search_ext(ldap, "", LDAP_SCOPE_BASE, "", nullptr, 0, nullptr, nullptr, nullptr, 0, &message);
  ldap_modify_ext_s(ldap, "", nullptr, nullptr, nullptr); // WARN: 'ldap_modify_ext_s' blocks
  ldap_delete_ext_s(ldap, "", nullptr, nullptr);    // WARN: 'ldap_delete_ext_s' blocks
  timeval none = {0, 0};
  timeval some = {1, 0};
  ldap_result(ldap, message, LDAP_MSG_ALL, nullptr, &result); // WARN: 'ldap_result' blocks
  ldap_result(ldap, message, LDAP_MSG_ALL, &some, &result); // WARN: 'ldap_result' blocks
  ldap_result(ldap, message, LDAP_MSG_ALL, &none, &result);
  ldap_count_entries(ldap, result);
  ldap_unbind_ext_s(ldap, nullptr, nullptr);        // WARN: 'ldap_unbind_ext_s' may block
}
