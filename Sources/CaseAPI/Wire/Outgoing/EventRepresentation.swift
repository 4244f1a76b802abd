import Complaints

extension JSONWriter {
    /// Members of the object that is being written: events, and the `after` to go on with.
    mutating func write(_ page: EventPage) {
        member("items", array: { json in for event in page.items { json.write(event) } })
        member("next", page.next)
    }

    private mutating func write(_ event: Event) {
        object { json in
            json.member("id", event.id)
            json.member("type", event.type)
            json.member("at", event.at)
            json.member("recorded_at", event.recordedAt)
            json.member("case_id", event.summary.id)
            json.member("promise_id", event.promiseID)
            json.member("actor", event.actor)
            json.member("token", event.tokenName)
            json.member("imported", event.imported)
            json.member(
                "log",
                object: { json in
                    json.member("seq", event.seq)
                    json.member("kind", event.kind)
                })
            if let promise = event.promise {
                json.member("promise", object: { $0.writeFields(of: promise) })
            } else {
                json.member("promise", nil as String?)
            }
            json.member(
                "case",
                object: { json in
                    json.writeFields(of: event.summary)
                    json.member("status", event.status)
                    json.member("owner", event.owner)
                })
        }
    }

    private mutating func writeFields(of promise: EventPromise) {
        member("id", promise.id)
        member("kind", promise.kind)
        member("what", promise.what)
        member("by", promise.by)
        member("to", promise.to)
        member("owner", promise.owner)
        member("due_at", promise.dueAt)
        member("state", promise.state)
    }
}
