package import Complaints

/// A file of a calendar, in the form of the body of `PUT /v1/calendars/{name}`.
package enum CalendarFile {
    /// Why a file is no JSON.
    package struct SyntaxFault: Error, CustomStringConvertible {
        /// What is wrong, and where.
        package let description: String
    }

    /// What it has, with everything that is wrong with its form.
    ///
    /// - Throws: when it is not JSON.
    package static func read(_ bytes: [UInt8]) throws(SyntaxFault) -> Incoming<CalendarRequest> {
        let value: JSONValue
        do {
            value = try JSONParser.value(of: bytes)
        } catch {
            throw SyntaxFault(description: error.detail(of: "file"))
        }
        let issues = IssueList()
        let request = FieldReader.read(value, at: .body, issues: issues, CalendarRequest.init(_:))
        return Incoming(request, issues: issues.issues)
    }
}
