import CaseStore
import Complaints
import HTTPServer
import Synchronization

/// All that a page of events depends on besides the record; what whoever asks for it may see is the same for all who may
/// follow.
struct EventSelection: Sendable, Hashable {
    let after: Int64
    let types: Set<EventType>
    let entries: EntryFilter
    let fields: FieldSelection?
    let limit: Int
    /// Whether it is a piece of a stream.
    let isStream: Bool

    /// How many events are read for a piece of a stream at most: it has room for hardly more.
    private static let mostOfPiece = 10
    /// How many are looked through for one, so that whoever looks for what is rare has others go between.
    private static let lookedThrough: Int64 = 10_000

    /// What a query asks for, from an event on that has been reached meanwhile.
    init(_ filter: EventFilter, after: Int64) {
        self.after = after
        types = filter.types
        entries = filter.entries
        fields = filter.fields
        isStream = filter.isStream
        limit = isStream ? Self.mostOfPiece : filter.limit
    }

    /// What there is in the transaction's snapshot.
    func page(_ transaction: ReadTransaction) throws -> EventPage {
        var last = try transaction.lastEventID()
        if isStream { last = min(last, after + Self.lookedThrough) }
        let events = try transaction.events(
            after: after, upTo: isStream ? last : nil, types: types, limit: limit, entries)
        let isFull = events.count == limit
        return EventPage(items: events, next: isFull ? events[limit - 1].id : max(after, last))
    }
}

/// A page of events as it goes out, to as many as asked for it.
struct RenderedEvents: Sendable {
    let body: KeptBody
    let next: Int64

    /// - Parameter fields: which members of each event; nil for all.
    init(_ page: EventPage, _ fields: FieldSelection? = nil) {
        var json = JSONWriter(capacity: 256 + 1024 * page.items.count)
        json.write(page, fields.map { EventPage.shown(Event.shown.selected($0)) } ?? EventPage.shown)
        var bytes = json.bytes
        bytes.append(UInt8(ascii: "\n"))
        body = KeptBody(bytes, isLasting: false)
        next = page.next
    }
}

/// A page for many who wait for the same: whoever needs it first reads it, on their loop, and the others take it over.
/// Two loops may come to it at once, and then each reads it; none waits for the other.
final class SharedPage: Sendable {
    private let selection: EventSelection
    private let rendered = Mutex<RenderedEvents?>(nil)

    init(_ selection: EventSelection) {
        self.selection = selection
    }

    /// The page, read by `read` where it has not been.
    func take(
        _ read: (EventSelection) throws -> EventPage
    ) rethrows -> RenderedEvents {
        if let rendered = rendered.withLock(\.self) { return rendered }
        let page = RenderedEvents(try read(selection), selection.fields)
        rendered.withLock { $0 = page }
        return page
    }
}
