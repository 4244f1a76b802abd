import CaseStore
import Complaints
import Dispatch
import HTTPServer
import HTTPTypes
import Synchronization

/// A stream of events to one client (the HTML standard's server-sent events): a body whose pieces are waited for as others
/// wait for their answers. It has one place among them for as long as anybody has it.
final class EventStream: Sendable {
    private struct State {
        /// Up to this event the client has been sent all that there is for it.
        var after: Int64
        /// How many times tokens had been made or revoked when it began to wait last.
        var endings: UInt64
    }

    let following: Following
    let ticket: EventDesk.Ticket
    private let desk: EventDesk
    private let state: Mutex<State>

    /// What is sent when nothing else is: a comment, without the blank line that some clients take for an event.
    static let heartbeat = Array(":\n".utf8)

    /// - Parameter ticket: of its place, which it gives back.
    init(_ following: Following, _ ticket: EventDesk.Ticket, of desk: EventDesk) {
        self.following = following
        self.ticket = ticket
        self.desk = desk
        state = Mutex(State(after: following.query.filter.after, endings: following.endings))
    }

    deinit {
        desk.giveBack(ticket)
    }

    /// The answer whose body it is.
    var response: Response {
        var fields = HTTPFields()
        fields[.contentType] = FeedForm.stream.mediaType.description
        fields[.cacheControl] = "no-store"
        // nginx would keep it until a buffer is full.
        fields[.accelBuffering] = "no"
        fields[.vary] = "Accept-Encoding, Accept"
        let (desk, ticket) = (desk, ticket)
        let body = BodyStream {
            desk.wait(for: self, $0)
        } hurry: {
            desk.hurry(ticket)
        }
        return Response(status: .ok, headerFields: fields, body: .stream(body))
    }

    /// The client has been sent, or will be, all up to that event.
    func advance(to id: Int64) {
        state.withLock { $0.after = max($0.after, id) }
    }

    /// Where it goes on, and how many times tokens had been made or revoked when it began to wait before.
    ///
    /// - Parameter endings: how many times by now.
    func next(_ endings: UInt64) -> (after: Int64, endings: UInt64) {
        state.withLock { state in
            defer { state.endings = endings }
            return (state.after, state.endings)
        }
    }

    /// How many bytes a piece has at most, unless its only event has more: who reads slowly holds no more than that, which
    /// is what any connection may hold.
    private static let mostBytes = 4096

    /// Events as they are sent: each with its id, and as one line of JSON. None has a name, so that a client which listens
    /// for messages hears of all types, and of those to come. What of a page is too long for one piece is left for the next.
    ///
    /// - Parameter fields: which members of each; nil for all.
    /// - Returns: the piece, and the event up to which it has all that there is.
    static func piece(_ page: EventPage, _ fields: FieldSelection?) -> (bytes: [UInt8]?, next: Int64) {
        let shown = fields.map { Event.shown.selected($0) } ?? Event.shown
        var piece: [UInt8] = []
        var last: Int64?
        for event in page.items {
            var json = JSONWriter(capacity: 1024)
            json.write(event, shown)
            let message = Array("id: \(event.id)\ndata: ".utf8) + json.bytes + Array("\n\n".utf8)
            if let last, piece.count + message.count > mostBytes { return (piece, last) }
            piece += message
            last = event.id
        }
        return (piece, page.next)
    }
}

extension HTTPField.Name {
    /// Says to nginx whether it may keep parts of an answer back.
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
}
