import Complaints

extension JSONWriter {
    /// A case as its customer may see it.
    mutating func write(_ page: CustomerPage) {
        let record = page.record
        object { json in
            json.member("case_id", record.id)
            json.member("external_id", record.fields.externalID)
            json.member("subject", record.fields.subject)
            json.member("complaint", record.complaint)
            json.member("customer", object: { $0.member("name", record.customer.name) })
            json.member("desired_outcome", record.fields.desiredOutcome)
            json.member("status", record.status)
            json.member("received_at", record.receivedAt)
            json.member("resolved_at", record.resolvedAt)
            json.member("closed_at", record.closedAt)
            json.member(record.fields.estimate)
            json.member("next_due_at", page.nextDueAt)
            json.member("promises", array: { json in for item in page.promises { json.write(item) } })
        }
    }

    private mutating func write(_ item: CustomerPage.Item) {
        object { json in
            json.member("id", item.promise.id)
            json.member("kind", item.promise.kind)
            json.member("what", item.promise.what)
            json.member("channel", item.promise.channel)
            json.member("next_step", item.promise.nextStep)
            json.member("made_at", item.promise.madeAt)
            json.member("due_at", item.promise.dueAt)
            json.member("state", item.state)
            json.member("kept_at", item.promise.keptAt)
            json.member("moved", objects: item.moves) { json, move in
                json.member("from", move.from)
                json.member("to", move.to)
                json.member("at", move.at)
                json.member("reason", move.reason)
            }
        }
    }
}
