/// Words of Apex, in lower case, as the language does not tell cases apart.
package enum ApexWords {
    /// What cannot be an identifier (Apex Developer Guide, "Reserved Keywords", version 240 and the older 222).
    package static let reserved: Set<String> = words(
        """
        abstract activate and any array as asc autonomous begin bigdecimal blob boolean break bulk by byte case cast
        catch char class collect commit const continue convertcurrency currency date datetime decimal default delete
        desc do double else end enum exception exit export extends false final finally float for from future global
        goto group having hint if implements import in inner insert instanceof int integer interface into join
        last_90_days last_month last_n_days last_week like limit list long loop map merge new next_90_days next_month
        next_n_days next_week not null nulls number object of on or outer override package parallel pragma private
        protected public retrieve return returning rollback savepoint search select set short sobject sort stat static
        string super switch synchronized system testmethod then this this_month this_week throw time today tolabel
        tomorrow transaction trigger true try type undelete update upsert using virtual void webservice when where
        while yesterday
        """)

    /// What a class of this org must not be called: it would stand before Salesforce's own in the generated code.
    static let taken = reserved.union(
        words(
            """
            accesslevel aurahandledexception auth crypto database encodingutil id istest json logginglevel
            permissionset permissionsetassignment permissionsetgroup permissionsetgroupcomponent profile schema test
            testvisible twofactormethodsinfo user userinfo usersetupentityaccess
            """))

    private static func words(_ text: String) -> Set<String> {
        Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
    }
}
