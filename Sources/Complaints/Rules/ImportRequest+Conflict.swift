extension ImportRequest {
    /// What is wrong with taking the request for the case that has its `external_id` already; nil where it may be that
    /// one. Their complaint is what no case changes, so another one would be lost: an erasure alone leaves another text.
    /// What else a row says may have been edited here since.
    ///
    /// - Parameter known: what is on record of that case.
    public func conflict(with known: (id: Int64, complaint: String, isErased: Bool)) -> FieldIssue? {
        guard !known.isErased, !known.complaint.isExactly(complaint) else { return nil }
        return FieldIssue("external_id", .conflictingFields, "is that of case \(known.id), whose complaint is another.")
    }
}
