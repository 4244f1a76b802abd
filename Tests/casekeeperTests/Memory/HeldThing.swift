import Foundation
import Testing

/// What a client can make the service hold, by the names that the table in docs/operating.md has for it.
enum HeldThing: String, CaseIterable, CustomTestStringConvertible {
    case header = "a header section that is not whole"
    case shortBody = "a body of up to 64 KiB that is not whole"
    case longBody = "a longer body that is not whole"
    case chunkedBody = "a body of unknown length that is not whole"
    case pipeline = "requests behind those that are worked on"
    case heldAnswer = "answers behind one that waits"
    case unreadAnswer = "answers that are not read"
    case coding = "answers to be compressed"
    case sharedAnswer = "the description and the pages of problems"
    case export = "pieces of exports"
    case follower = "requests that wait for events"
    case stream = "streams of events"
    case report = "reports that wait"
    case change = "changes that wait for the writer"
    case bulk = "bulks that wait"
    case name = "names of people, teams and categories"
    case read = "reads that are remembered"
    case tail = "texts that the search does not know yet"
    case key = "idempotency keys"
    case bucket = "rates of tokens and peers"
    case connection = "connections"

    var testDescription: String { rawValue }

    /// Whether it stands in the account. Of what does not, so much less may be held that what a process takes to work hides
    /// it: tests of its own count it exactly (`NameBookTests`, `ReadCacheTests`, `SearchTests`, `TokenBucketsTests`).
    var isInAccount: Bool {
        switch self {
        case .header, .shortBody, .longBody, .chunkedBody, .pipeline, .heldAnswer, .unreadAnswer, .coding, .export,
            .follower, .stream, .report, .change, .bulk:
            true
        case .sharedAnswer, .name, .read, .tail, .key, .bucket, .connection: false
        }
    }

    /// Bytes that may be held beside the account.
    var beside: Int {
        switch self {
        // As docs/operating.md states it: each of two loops' connections has it, and its words.
        case .tail: 2 * 3 * (16 << 20)
        // SQLite's page caches: these scenes make a database grow that is small in all others.
        case .name, .read, .key: 36 << 20
        default: 0
        }
    }
}
