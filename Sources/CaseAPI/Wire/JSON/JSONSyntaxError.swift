import Complaints

/// Why a text is no JSON, and where.
struct JSONSyntaxError: Error, Sendable, Hashable {
    enum Reason: Sendable, Hashable {
        case notUTF8
        case byteOrderMark
        case endOfText
        case unexpectedCharacter
        case controlCharacter
        case invalidEscape
        case loneSurrogate
        case invalidNumber
        case tooDeep
        case tooManyValues
        case duplicateName(ExactText)
        case longName
        case textAfterValue
    }

    let reason: Reason
    /// Both from 1; the column counts Unicode scalars.
    let line: Int
    let column: Int

    /// A sentence that says what is wrong and where.
    var detail: String { detail(of: "body") }

    /// The same of a text that is called otherwise.
    func detail(of text: String) -> String {
        "\(what(of: text)), at line \(line), column \(column)."
    }

    private func what(of text: String) -> String {
        switch reason {
        case .notUTF8: "The \(text) is not UTF-8"
        case .byteOrderMark: "The \(text) begins with a byte order mark: send plain UTF-8"
        case .endOfText: "The \(text) ends too early"
        case .unexpectedCharacter: "There is a character that JSON does not allow here"
        case .controlCharacter: "A control character in a string must be escaped"
        case .invalidEscape: "There is an escape that JSON does not know"
        case .loneSurrogate: "There is half a surrogate pair, which is no character"
        case .invalidNumber: "There is a number that JSON does not allow"
        case .tooDeep: "The \(text) is nested deeper than \(JSONParser.depthLimit) levels"
        case .tooManyValues: "The \(text) has more values than any request of its length"
        case .duplicateName(let name): "The member \"\(name.prefix(scalars: 80))\" is there twice"
        case .longName: "The name of a member is longer than \(JSONValue.nameLimit) bytes"
        case .textAfterValue: "There is text after the end of the value"
        }
    }
}
