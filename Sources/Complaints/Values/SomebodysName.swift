/// Rule for the names of people, wherever one is taken in: whoever acts, has a token, is named, or is given anything. What is on
/// record from before is read, filtered by and handed over whatever is in it.
enum SomebodysName {
    /// That it is somebody's.
    ///
    /// - Throws: `invalid_value` for a name that is nobody's, and for what nobody sees.
    static func check(_ name: String) throws(FieldFault) {
        guard !NobodysName.looksLike(name) else { throw NobodysName.fault }
        try VisibleName.check(name)
    }
}
