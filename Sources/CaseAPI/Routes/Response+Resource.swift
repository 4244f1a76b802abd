import Complaints
import HTTPServer
import HTTPTypes

extension HTTPField.Name {
    /// The instant an answer is for.
    static let asOf = HTTPField.Name("Casekeeper-As-Of")!
    /// That a search may not have found all that there is.
    static let searchIncomplete = HTTPField.Name("Casekeeper-Search-Incomplete")!
    /// RFC 8288.
    static let link = HTTPField.Name("Link")!
}

extension Response {
    /// Says that a search may not have found all that there is.
    mutating func sayIncomplete() {
        headerFields[.searchIncomplete] = "true"
    }

    /// A JSON answer. It ends with a line break, so that a terminal's prompt begins on a line of its own.
    static func json(
        _ body: consuming [UInt8], _ status: HTTPResponse.Status = .ok, asOf: Instant? = nil
    ) -> Response {
        body.append(UInt8(ascii: "\n"))
        var fields = HTTPFields()
        fields[.contentType] = Representation.json.contentType
        fields[.cacheControl] = "no-store"
        if let asOf { fields[.asOf] = asOf.rfc3339 }
        var response = Response(status: status, headerFields: fields, body: .bytes(body))
        response.isCodable = true
        return response
    }

    /// The same for a body that never changes.
    static func json(kept body: KeptBody) -> Response {
        var response = Response.json([])
        response.setBody(body)
        return response
    }

    /// A resource that has just been changed or made.
    static func resource(
        _ status: HTTPResponse.Status = .ok, tag: EntityTag, location: String? = nil,
        _ write: (inout JSONWriter) -> Void
    ) -> Response {
        var writer = JSONWriter(capacity: 2048)
        write(&writer)
        var response = Response.json(writer.bytes, status)
        response.headerFields[.eTag] = tag.text
        if let location { response.headerFields[.location] = location }
        return response
    }

    /// A resource that was asked for: 304 when the client has it already.
    ///
    /// - Throws: 412 by If-Match.
    static func conditional(
        _ resource: WrittenResource, tag: EntityTag, _ call: Call, asOf: Instant?
    ) throws(Problem) -> Response {
        try call.preconditions.requireSeen(tag)
        let held = call.preconditions.held(tag)
        var response = held == nil ? .json(resource.body) : Response(status: .notModified)
        response.isCodable = true
        if let asOf { response.headerFields[.asOf] = asOf.rfc3339 }
        response.headerFields[.eTag] = (held ?? tag).text
        // A private cache may keep it, and must ask each time (RFC 9110 section 15.4.5).
        response.headerFields[.cacheControl] = "private, no-cache"
        return response
    }
}
