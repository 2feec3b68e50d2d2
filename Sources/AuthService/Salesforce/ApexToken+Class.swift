extension ApexToken {
    /// The set of names in the form that the class compares, as an expression of Apex.
    private var namedByRulesText: String {
        guard !namedByRules.isEmpty else { return "new Set<String>()" }
        let names = namedByRules.map { ApexLiteral.text($0.lowercased()) }
        return "new Set<String>{\n        \(names.joined(separator: ",\n        "))\n    }"
    }

    /// The class that builds and signs the token.
    ///
    /// Facts are read one by one, in system mode and by dynamic queries: a field or object that an org does not have, or
    /// a user may not see, costs that fact and neither the deployment nor the other facts.
    var classText: String {
        #"""
        /**
         * Lets the running user into Cobrowse: a token that is signed with a certificate of this org.
         *
         * Written by `cobrowse-sso salesforce apex`; write it anew instead of editing it. What Salesforce does not show
         * to this code is left out of the token and never made up: the service then refuses, and says what is missing.
         */
        public with sharing class \#(className) {
            private static final String LICENSE = \#(ApexLiteral.text(license.value));
            private static final String CERTIFICATE = \#(ApexLiteral.text(certificate.value));
            private static final Integer LIFETIME_SECONDS = \#(lifetime);
            // The service refuses longer ones.
            private static final Integer MAXIMUM_LENGTH = 8192;
            // What the rules of the tenant name, in lower case. Empty: the token names all that the user has.
            @TestVisible
            private static Set<String> namedByRules = \#(namedByRulesText);

            /** For Lightning components: a new token. Call it before any DML of the same transaction. */
            @AuraEnabled
            public static String issue() {
                String token = sign(JSON.serialize(claims()));
                if (token.length() > MAXIMUM_LENGTH) {
                    throw new AuraHandledException(
                        'The Cobrowse token is too long: this user has too many permission sets. '
                        + 'Make the class again with --only and the names that the rules ask for.');
                }
                return token;
            }

            /** For Visualforce: {!token} on a page that has this class as its controller. */
            public String getToken() {
                return issue();
            }

            @TestVisible
            private static String sign(String payload) {
                return new Auth.JWS(payload, CERTIFICATE).getCompactSerialization();
            }

            /** Everything that is signed. There is no role: the rules of the tenant decide it from `salesforce`. */
            @TestVisible
            private static Map<String, Object> claims() {
                Long issuedAt = System.currentTimeMillis() / 1000;
                return new Map<String, Object>{
                    'iss' => LICENSE,
                    'sub' => UserInfo.getUserEmail(),
                    'aud' => 'https://cobrowse.io',
                    'iat' => issuedAt,
                    'exp' => issuedAt + LIFETIME_SECONDS,
                    'jti' => EncodingUtil.convertToHex(Crypto.generateAesKey(128)),
                    'displayName' => UserInfo.getName(),
                    'salesforce' => facts()
                };
            }

            private static Map<String, Object> facts() {
                User person = [
                    SELECT Username, IsActive, UserType, Profile.Name FROM User WHERE Id = :UserInfo.getUserId()
                    WITH SYSTEM_MODE
                ];
                List<PermissionSetAssignment> inForce = assignments();
                Map<String, Object> facts = new Map<String, Object>{
                    'organizationId' => UserInfo.getOrganizationId(),
                    'userId' => UserInfo.getUserId(),
                    'username' => person.Username,
                    'isActive' => person.IsActive,
                    'userType' => person.UserType
                };
                putKnown(facts, 'emailVerified', emailVerified());
                putKnown(facts, 'profile', person.Profile?.Name);
                putKnown(facts, 'permissionSets', permissionSets(inForce));
                putKnown(facts, 'permissionSetGroups', permissionSetGroups(inForce));
                putKnown(facts, 'customPermissions', customPermissions());
                return facts;
            }

            private static Boolean emailVerified() {
                List<SObject> found = rows(
                    'SELECT HasUserVerifiedEmailAddress FROM TwoFactorMethodsInfo WHERE UserId = :userId',
                    new Map<String, Object>{ 'userId' => UserInfo.getUserId() });
                if (found == null || found.isEmpty()) {
                    return null;
                }
                return (Boolean) found[0].get('HasUserVerifiedEmailAddress');
            }

            /** The assignments in force; null where this code may not see them. */
            @TestVisible
            private static List<PermissionSetAssignment> assignments() {
                // The field exists only in orgs with user access policies.
                Boolean canBeRevoked =
                    Schema.SObjectType.PermissionSetAssignment.fields.getMap().containsKey('isrevoked');
                List<SObject> found = rows(
                    'SELECT IsActive, ExpirationDate, PermissionSetGroupId, PermissionSetGroup.DeveloperName, '
                    + 'PermissionSet.Name, PermissionSet.Label, PermissionSet.NamespacePrefix, '
                    + 'PermissionSet.IsOwnedByProfile, PermissionSet.HasActivationRequired '
                    + 'FROM PermissionSetAssignment WHERE AssigneeId = :userId'
                    + (canBeRevoked ? ' AND IsRevoked = false' : ''),
                    new Map<String, Object>{ 'userId' => UserInfo.getUserId() });
                // Everybody has one row at least, that of the profile: none means hidden, not "nothing assigned".
                if (found == null || found.isEmpty()) {
                    return null;
                }
                List<PermissionSetAssignment> inForce = new List<PermissionSetAssignment>();
                for (PermissionSetAssignment each : (List<PermissionSetAssignment>) found) {
                    if (isInForce(each)) {
                        inForce.add(each);
                    }
                }
                return inForce;
            }

            /** Leaves out what has ended, the profile's own set, and sets that each session has to activate. */
            @TestVisible
            private static Boolean isInForce(PermissionSetAssignment each) {
                return each.IsActive == true
                    && (each.ExpirationDate == null || each.ExpirationDate > System.now())
                    && each.PermissionSet?.IsOwnedByProfile == false
                    && each.PermissionSet?.HasActivationRequired == false;
            }

            /** The sets that are assigned, by themselves or in a group; null where one may be missing. */
            @TestVisible
            private static List<Object> permissionSets(List<PermissionSetAssignment> inForce) {
                if (inForce == null) {
                    return null;
                }
                List<Object> described = new List<Object>();
                Set<Id> groupIds = new Set<Id>();
                for (PermissionSetAssignment each : inForce) {
                    if (each.PermissionSetGroupId == null) {
                        describe(each.PermissionSet, each.ExpirationDate, described);
                    } else {
                        groupIds.add(each.PermissionSetGroupId);
                    }
                }
                if (groupIds.isEmpty()) {
                    return described;
                }
                List<PermissionSet> grouped = members(groupIds);
                if (grouped == null) {
                    return null;
                }
                for (PermissionSet each : grouped) {
                    describe(each, null, described);
                }
                return described;
            }

            private static List<PermissionSet> members(Set<Id> groupIds) {
                List<SObject> components = rows(
                    'SELECT PermissionSetId FROM PermissionSetGroupComponent WHERE PermissionSetGroupId IN :groupIds',
                    new Map<String, Object>{ 'groupIds' => groupIds });
                if (components == null || components.isEmpty()) {
                    return null;
                }
                Set<Id> memberIds = new Set<Id>();
                for (SObject each : components) {
                    memberIds.add((Id) each.get('PermissionSetId'));
                }
                // Sets that mute are components too; they are no permission sets and are not found here.
                List<SObject> found = rows(
                    'SELECT Name, Label, NamespacePrefix FROM PermissionSet WHERE Id IN :memberIds',
                    new Map<String, Object>{ 'memberIds' => memberIds });
                return (List<PermissionSet>) found;
            }

            private static void describe(PermissionSet each, Datetime expires, List<Object> described) {
                String fullName = qualified(each.NamespacePrefix, each.Name);
                if (!isAskedFor(new List<String>{ each.Name, each.Label, fullName })) {
                    return;
                }
                Map<String, Object> entry = new Map<String, Object>{ 'name' => each.Name };
                putKnown(entry, 'label', each.Label);
                putKnown(entry, 'namespacePrefix', each.NamespacePrefix);
                if (expires != null) {
                    entry.put('expirationDate', expires.formatGmt('yyyy-MM-dd\'T\'HH:mm:ss\'Z\''));
                }
                described.add(entry);
            }

            /** The API names of the groups; null where one cannot be read. */
            @TestVisible
            private static List<String> permissionSetGroups(List<PermissionSetAssignment> inForce) {
                if (inForce == null) {
                    return null;
                }
                List<String> names = new List<String>();
                for (PermissionSetAssignment each : inForce) {
                    if (each.PermissionSetGroupId == null) {
                        continue;
                    }
                    String name = each.PermissionSetGroup?.DeveloperName;
                    if (name == null) {
                        return null;
                    }
                    if (isAskedFor(new List<String>{ name })) {
                        names.add(name);
                    }
                }
                return names;
            }

            /** The custom permissions of the running user, wherever they come from; null where they cannot be read. */
            private static List<String> customPermissions() {
                List<SObject> found = rows(
                    'SELECT DeveloperName, NamespacePrefix FROM UserSetupEntityAccess', new Map<String, Object>());
                if (found == null) {
                    return null;
                }
                List<String> names = new List<String>();
                for (SObject each : found) {
                    String name = qualified((String) each.get('NamespacePrefix'), (String) each.get('DeveloperName'));
                    if (name != null && isAskedFor(new List<String>{ name })) {
                        names.add(name);
                    }
                }
                return names;
            }

            private static Boolean isAskedFor(List<String> names) {
                for (String name : names) {
                    if (namedByRules.isEmpty() || (name != null && namedByRules.contains(name.toLowerCase()))) {
                        return true;
                    }
                }
                return false;
            }

            private static String qualified(String prefix, String name) {
                return String.isBlank(prefix) ? name : prefix + '__' + name;
            }

            private static void putKnown(Map<String, Object> target, String name, Object value) {
                if (value != null) {
                    target.put(name, value);
                }
            }

            /** What a query finds, the rights of the user aside; null where Salesforce refuses it. */
            @TestVisible
            private static List<SObject> rows(String query, Map<String, Object> binds) {
                try {
                    return Database.queryWithBinds(query, binds, AccessLevel.SYSTEM_MODE);
                } catch (Exception refusal) {
                    System.debug(LoggingLevel.WARN, 'left out of the Cobrowse token: ' + refusal.getMessage());
                    return null;
                }
            }
        }

        """#
    }
}
