import CaseStore
import Complaints
import HTTPServer

/// A request on its way to a handler, with what has been found out about it.
struct Call: Sendable {
    let request: Request
    /// The decoded values of the pattern's braces, in order.
    let captured: [Substring]
    let actor: Actor
    var query: QueryParameters
    let preconditions: Preconditions
    let representation: Representation
    /// Whether events are wanted as they come.
    let wantsStream: Bool
    /// What the route's lists take.
    let itemSize: ItemSize
    /// What it is a call of.
    let service: CaseService
    /// How who asks for a page came to be let in; nil for any other route, and where anybody may come.
    var visit: Visit?

    var gate: Gate { service.gate }
    var body: RequestBody { RequestBody(request: request, clientClock: service.clientClock, speaker: actor.speaker) }

    /// The id in the path. Ids are written in one way only: plain digits without leading zeros.
    ///
    /// - Throws: 404 for what can't be an id.
    func id(_ index: Int = 0) throws(Problem) -> Int64 {
        let text = captured[index]
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text.first != "0", let id = Int64(text) else {
            throw Problem(.notFound, "\"\(text.prefix(40))\" is no id: ids are whole numbers from 1.")
        }
        return id
    }

    /// The name in the path.
    ///
    /// - Throws: 404 for what can't be a name.
    func name() throws(Problem) -> String {
        let text = String(captured[0])
        do throws(FieldFault) {
            return try TextRule.name.checked(text)
        } catch {
            throw Problem(.notFound, "\"\(ExactText(text).prefix(scalars: 40))\" is no name: it \(error.detail)")
        }
    }

    /// What an answer in that form is cached under: whatever it depends on besides the record and the time.
    ///
    /// - Parameter me: who was meant by `me`, where it was asked for.
    func cacheKey(_ representation: Representation, me: String? = nil) -> String {
        // No path has a space.
        "\(representation) \(request.path)?\(request.query ?? "")" + (me.map { " \($0)" } ?? "")
    }

    /// For routes that take no parameters.
    ///
    /// - Throws: 400 when there are any.
    func requireNoParameters() throws(Problem) {
        let query = CheckedQuery.none(query)
        if !query.issues.isEmpty { throw query.issues.problem }
    }
}
