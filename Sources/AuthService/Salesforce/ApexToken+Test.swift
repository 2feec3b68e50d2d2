extension ApexToken {
    /// The test that Salesforce wants with a class (75 % of its lines), without a certificate and without data of the
    /// org.
    ///
    /// Rows that code cannot make, such as assignments that have ended, are read from JSON. Where the org has no
    /// certificate of the name, signing ends with an exception and the test with it: what is signed is tested before.
    var testText: String {
        #"""
        /** Tests of \#(className), written by `cobrowse-sso salesforce apex`. */
        @IsTest
        private class \#(className)Test {
            private static final Map<String, Object> NO_BINDS = new Map<String, Object>();

            @IsTest
            static void claimsAreThoseOfTheRunningUser() {
                Map<String, Object> claims = \#(className).claims();
                System.assertEquals(\#(ApexLiteral.text(license.value)), claims.get('iss'));
                System.assertEquals('https://cobrowse.io', claims.get('aud'));
                System.assertEquals(UserInfo.getUserEmail(), claims.get('sub'));
                System.assertEquals(\#(lifetime)L, (Long) claims.get('exp') - (Long) claims.get('iat'));
                Map<String, Object> facts = (Map<String, Object>) claims.get('salesforce');
                System.assertEquals(UserInfo.getUserId(), facts.get('userId'));
                System.assertEquals(true, facts.get('isActive'));
                System.assert(!claims.containsKey('role'), 'the rules of the tenant decide the role');
                System.assert(!facts.values().contains(null), 'what is not known is left out');
            }

            @IsTest
            static void assignedSetsAreNamed() {
                \#(className).namedByRules = new Set<String>();
                assign();
                String named = JSON.serialize(\#(className).permissionSets(\#(className).assignments()));
                System.assert(named.contains('"Cobrowse_Token_Test"'), named);
            }

            @IsTest
            static void setsThatNoRuleNamesAreLeftOut() {
                \#(className).namedByRules = new Set<String>{ 'another' };
                assign();
                System.assertEquals('[]', JSON.serialize(\#(className).permissionSets(\#(className).assignments())));
                \#(className).namedByRules = new Set<String>{ 'cobrowse token test' };
                String named = JSON.serialize(\#(className).permissionSets(\#(className).assignments()));
                System.assert(named.contains('"Cobrowse_Token_Test"'), 'a rule may name the label: ' + named);
            }

            @IsTest
            static void onlyAssignmentsInForceCount() {
                String plain = '"IsOwnedByProfile":false,"HasActivationRequired":false';
                System.assert(\#(className).isInForce(assignment('"IsActive":true', plain)));
                System.assert(!\#(className).isInForce(assignment('"IsActive":false', plain)));
                String ended = '"IsActive":true,"ExpirationDate":"2001-01-01T00:00:00.000Z"';
                System.assert(!\#(className).isInForce(assignment(ended, plain)));
                String ofProfile = '"IsOwnedByProfile":true,"HasActivationRequired":false';
                System.assert(!\#(className).isInForce(assignment('"IsActive":true', ofProfile)));
                String ofSession = '"IsOwnedByProfile":false,"HasActivationRequired":true';
                System.assert(!\#(className).isInForce(assignment('"IsActive":true', ofSession)));
            }

            @IsTest
            static void anAssignmentThatEndsSaysWhen() {
                \#(className).namedByRules = new Set<String>();
                String ends = '"IsActive":true,"ExpirationDate":"2100-01-02T03:04:05.000Z"';
                List<PermissionSetAssignment> one = new List<PermissionSetAssignment>{
                    assignment(ends, '"Name":"Agents","Label":"Agents","NamespacePrefix":"pkg"')
                };
                String named = JSON.serialize(\#(className).permissionSets(one));
                System.assert(named.contains('"expirationDate":"2100-01-02T03:04:05Z"'), named);
                System.assert(named.contains('"namespacePrefix":"pkg"'), named);
            }

            @IsTest
            static void whatCannotBeReadIsUnknownAndNotEmpty() {
                System.assertEquals(null, \#(className).rows('SELECT Nothing FROM Nowhere', NO_BINDS));
                System.assertEquals(null, \#(className).permissionSets(null));
                System.assertEquals(null, \#(className).permissionSetGroups(null));
                List<PermissionSetAssignment> hidden = new List<PermissionSetAssignment>{
                    assignment('"IsActive":true,"PermissionSetGroupId":"0PG000000000001GAA"', '"Name":"Hidden"')
                };
                System.assertEquals(null, \#(className).permissionSets(hidden));
                System.assertEquals(null, \#(className).permissionSetGroups(hidden));
            }

            @IsTest
            static void signsWhereTheOrgHasTheCertificate() {
                String token;
                try {
                    token = \#(className).sign('{"iss":"test"}');
                    System.assertNotEquals(null, new \#(className)().getToken());
                } catch (Exception missing) {
                    // The certificate belongs to an org and not to its source: a new sandbox has none.
                    return;
                }
                System.assertEquals(3, token.split('\\.').size());
            }

            private static void assign() {
                PermissionSet made = new PermissionSet(Name = 'Cobrowse_Token_Test', Label = 'Cobrowse token test');
                insert made;
                insert new PermissionSetAssignment(AssigneeId = UserInfo.getUserId(), PermissionSetId = made.Id);
            }

            private static PermissionSetAssignment assignment(String members, String setMembers) {
                return (PermissionSetAssignment) JSON.deserialize(
                    '{"attributes":{"type":"PermissionSetAssignment"},' + members
                    + ',"PermissionSet":{"attributes":{"type":"PermissionSet"},' + setMembers + '}}',
                    PermissionSetAssignment.class);
            }
        }

        """#
    }
}
