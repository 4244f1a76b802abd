import Complaints
import Foundation

@testable import Board

/// A desk on which cases are opened by the API and worked on by their pages, while there is no token.
struct CasePageDesk {
    private let desk: BoardDesk

    init(contact: String? = nil) throws { desk = try BoardDesk(contact: contact) }

    func advance(by span: ElapsedTime) { desk.clock.advance(by: span) }

    func get(_ path: String, _ fields: [String: String] = [:]) throws -> BrowsedPage {
        try desk.client.get(path, fields)
    }

    /// - Parameter actor: who sends it; without a name, whoever looks at the pages, too.
    func api(_ method: String, _ path: String, _ body: String = "{}", by actor: String = "") throws -> BrowsedPage {
        let isRead = method.utf8.elementsEqual("GET".utf8)
        return try desk.client.send(
            method, path,
            [
                "Content-Type": isRead ? "" : "application/json", "Accept": "application/json",
                "Casekeeper-Actor": actor,
            ], isRead ? nil : Array(body.utf8))
    }

    /// Gives the desk opening hours.
    func openOnWeekdays() throws -> BrowsedPage {
        try api("PUT", "/v1/calendars/default", Self.weekdays)
    }

    /// The body of a calendar.
    static let weekdays: String = {
        let days = ["mon", "tue", "wed", "thu", "fri"].map { #""\#($0)":[["09:00","17:00"]]"# }
        return #"{"time_zone":"Europe/Berlin","weekly":{\#(days.joined(separator: ","))}}"#
    }()

    /// Sends a form, as a browser does of one of our own pages.
    func post(_ path: String, _ form: [String: String]) throws -> BrowsedPage {
        try desk.client.post(form.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, to: path)
    }
}

extension BrowsedPage {
    /// The fields of the first form that is sent to that path, as the page has them: of inputs and of texts in lines.
    func form(_ action: String) -> [String: String] {
        guard let start = html.range(of: "action=\"\(action)\"") else { return [:] }
        let rest = html[start.upperBound...]
        let form = rest.range(of: "</form>").map { rest[..<$0.lowerBound] } ?? rest
        var fields: [String: String] = [:]
        for match in form.matches(of: #/<input[^>]* name="([^"]*)"[^>]* value="([^"]*)"/#) {
            fields[String(match.1)] = Self.plain(String(match.2))
        }
        for match in form.matches(of: #/<textarea[^>]* name="([^"]*)"[^>]*>\n([^<]*)<\/textarea>/#) {
            fields[String(match.1)] = Self.plain(String(match.2))
        }
        return fields
    }

    private static func plain(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }
}
