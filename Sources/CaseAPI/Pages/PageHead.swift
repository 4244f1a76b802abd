import CaseStore
package import Complaints
package import HTTPServer
package import HTTPTypes

/// What a browser asked for, as far as it is known before anybody is let in.
package struct PageHead: Sendable {
    let request: Request
    let query: QueryParameters
    package let links: PublicLinks

    /// Names the request in the log.
    package var id: String { request.id }
    package var method: HTTPRequest.Method { request.method }
    /// As it came, still percent-encoded.
    package var path: String { request.path }
    /// The path with its query, as it came.
    package var target: String { request.query.map { "\(request.path)?\($0)" } ?? request.path }

    /// The parameters of the query, in the order they came.
    package var parameters: [(name: String, value: String)] { query.pairs.map { ($0.name.string, $0.value.string) } }

    /// The first value of a parameter; nil where it was left out, or left empty as forms do.
    package func parameter(_ name: String) -> String? {
        let name = ExactText(name)
        return query.pairs.first { $0.name == name && !$0.value.isBlank }?.value.string
    }

    /// The value of a header field.
    package func field(_ name: HTTPField.Name) -> FieldValue? { request.headerFields[name] }

    /// Whether the link that was followed stands on a page of another site: a browser then keeps the session's cookie back
    /// (RFC 6265bis section 5.2), and gives it along once the page is asked for by ourselves.
    package var comesFromElsewhere: Bool {
        guard let site = request.headerFields[FetchSite.field] else { return false }
        return site.isWord("cross-site") || site.isWord("same-site")
    }
}

/// The same with who asks.
package struct PageCall: Sendable {
    let call: Call
    package let head: PageHead

    /// The last event before the page was read, from which on its reader can be told of more; nil where what is shown answers a
    /// form.
    package let lastEvent: Int64?

    init(_ call: Call, lastEvent: Int64? = nil) {
        let call = call.withTypedAsOf
        self.call = call
        self.lastEvent = lastEvent
        head = PageHead(request: call.request, query: call.query, links: call.service.links)
    }

    /// The decoded values of the pattern's braces, in order.
    package var captured: [String] { call.captured.map(String.init) }

    /// Who was let in; nil where anybody may come.
    package var visitor: Visitor? { call.visit.map { Visitor(actor: call.actor, visit: $0) } }

    /// What a form of whoever asks has to bring: nobody else's page can know it.
    package var formToken: String {
        FormToken(
            of: call.visit?.session, by: call.visit.map { _ in call.actor.name }, key: call.service.store.cursorKey
        )
        .text
    }

    /// By whose clocks a form's dates and times were typed: those that it names, or the desk's. Nil for a name that nobody knows.
    package func zone(of form: FormFields) -> Zone? {
        form[BodyFields.zone].map { ZoneDatabase.system.zone(named: $0) } ?? deskZone
    }

    /// By whose clocks days are told where nobody says it.
    package var deskZone: Zone { call.service.store.ownerRules.timeZone }

    /// The database's time.
    package var now: Instant { call.service.store.time }

    /// The instant asked for, where it is one; what is wrong with any other, a reading of the page will say.
    package var asOf: Instant? {
        var reader = QueryReader(call)
        return reader.asOf()
    }
}

/// Who looks at a page.
package struct Visitor: Sendable {
    let actor: Actor
    let visit: Visit

    /// As whom they act.
    package var name: String { actor.name }
    package var role: Role { actor.role }
    /// Whom `me` stands for; nil where nobody said who acts.
    package var me: String? { actor.speaker.name }
    /// The name of their token; nil while there is none.
    package var tokenName: String? { actor.tokenName }
    /// Whether there is a session that can be ended.
    package var hasSession: Bool { visit.session != nil }
    /// Whether there is no token at all.
    package var isProtectedMode: Bool { visit.isProtectedMode }
}
