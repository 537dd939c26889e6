/**
 * A certificate for 127.0.0.1 that nobody trusts, with its key, valid from 2020 to 2120: Node can make
 * keys but no certificates. Made for the tests and used nowhere else, so the key is no secret.
 */
export const selfSigned = {
  certificate: `-----BEGIN CERTIFICATE-----
MIIBZzCCAQygAwIBAgIBATAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5wbHVtYmxp
bmUgdGVzdDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowGTEXMBUG
A1UEAwwOcGx1bWJsaW5lIHRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQL
rSMO8uvqaCG5+t4YqQYJi4PpTqlskINveCMR5caS0PbW2J1yPOWDNmYIRAQa1kvr
NlZunEHZSbyGr6CNkrHyo0MwQTAPBgNVHRMBAf8EBTADAQH/MA8GA1UdEQQIMAaH
BH8AAAEwHQYDVR0OBBYEFHwCwJH+sTkuFPykJu/U09/WBbYWMAoGCCqGSM49BAMC
A0kAMEYCIQDnnVPRHA1WWDuNZiI7BRMcq/2VAe5kf7/iwKN2Qmfs3AIhAOXb6zoa
i92cUbAmDHftfhysI9/DvboF52TimyvyXZVk
-----END CERTIFICATE-----
`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgOd3D385SRqsQQMMi
ykCVCN5UJEs2jg4SMacEmSiA5QahRANCAAQLrSMO8uvqaCG5+t4YqQYJi4PpTqls
kINveCMR5caS0PbW2J1yPOWDNmYIRAQa1kvrNlZunEHZSbyGr6CNkrHy
-----END PRIVATE KEY-----
`,
};
