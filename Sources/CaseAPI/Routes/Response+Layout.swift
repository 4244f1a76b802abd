import Complaints
import HTTPServer
import HTTPTypes

extension Response {
    /// The parameter that every route takes: with `true` JSON comes in lines.
    static let prettyParameter = "pretty"

    /// The answer as the request wants it laid out. Whether the parameter makes sense is for the route to say.
    func laidOut(for request: Request) -> Response {
        // Hardly any query has it, and all come by here.
        guard let query = request.query, query.contains(Self.prettyParameter), case .bytes(let json) = body,
            headerFields[.contentType] == Representation.json.contentType,
            let parameters = try? QueryParameters(query),
            parameters.pairs.contains(where: { $0.name == ExactText(Self.prettyParameter) && $0.value == "true" })
        else { return self }
        var response = self
        if let kept {
            response.setBody(kept.laidOut(JSONIndenter.indented))
        } else {
            response.body = .bytes(JSONIndenter.indented(json))
        }
        return response
    }
}
