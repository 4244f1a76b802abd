import Complaints
import HTTPTypes
import Testing

@testable import Board
@testable import CaseAPI

/// That the lists of the board are narrowed down by what those of the API are, however many filters these come to have.
@Suite("Lists of the board")
struct ListPageTests {
    static let lists = [PromisesPage.list, QueuePage.list, SearchPage.list]

    /// A desk on which the examples of the API's filters find something.
    private func desk() throws -> CasePageDesk {
        let desk = try CasePageDesk()
        let opened = try desk.api(
            "POST", "/v1/cases",
            #"{"complaint":"The kettle leaks.","subject":"Kettle","customer":{"name":"Ann Lee","phone":"+46 8 555 01 00"},"owner":"Kim","team":"North","category":"Kettles","tags":["leak"],"external_id":"L-7431","promise":{"what":"Call back","due_in":"PT4H"}}"#
        )
        #expect(opened.status == 201, "\(opened.html)")
        return desk
    }

    /// The filters of the API's list, as its document has them: what says which part of it is asked for, and in which form, aside.
    private static func parameters(of source: String) throws -> [Parameter] {
        let query = try #require(APIOperation.of(.get, source)?.query)
        return query.parameters.filter {
            !["limit", "format", "for", "separator", "fields", "cursor", "pretty"].contains($0.name)
        }
    }

    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text.string
        case .integer(let number): String(number)
        case .boolean(let flag): String(flag)
        case .array(let items): items.map(text).joined(separator: ",")
        case .null, .fraction, .object: ""
        }
    }

    @Test("what a search can't be asked is told of, though nothing is looked for yet")
    func unasked() throws {
        let desk = try BoardDesk()
        #expect(try desk.client.get("/board/search").status == 200)
        for query in ["as_of=garbage", "as_of=2026-13-01", "tz=x"] {
            #expect(try desk.client.get("/board/search?\(query)").status == 400, "\(query)")
        }
    }

    @Test(
        "take every filter that the API's has, ask for it by a field with a name, and say in words what they are narrowed to"
    )
    func filters() throws {
        let desk = try desk()
        for list in Self.lists {
            let parameters = try Self.parameters(of: list.source)
            #expect(list.filters.map(\.name) == parameters.map(\.name))
            #expect(parameters.count > 4)
            let page = try desk.get(list.path)
            #expect(page.status == 200, "\(list.path)")
            for parameter in parameters {
                let name = parameter.name
                let label = try #require(Texts.filterNames[name], "\(list.path) has no word for \(name)")
                let isAsked = !["tz", "allow_unknown"].contains(name)
                #expect(page.has("id=\"f-\(name)\"") == isAsked, "\(list.path) asks for \(name)")
                let example = Self.text(parameter.example)
                guard !example.isEmpty else { continue }
                let query = "?\(name)=\(Link.encoded(example))"
                let told = try desk.get(list.path + query)
                let expected = try desk.api("GET", list.source + query + "&limit=1")
                #expect(told.status == expected.status, "\(list.path)\(query): \(told.html)")
                #expect(!told.has("Unknown parameter"), "\(list.path)\(query)")
                if told.status == 200, !["as_of", "allow_unknown"].contains(name) {
                    #expect(told.has("<p>\(Texts.narrowedTo) <bdi>\(label): "), "\(list.path)\(query)")
                }
            }
        }
    }

    @Test("have words for each word that can be chosen")
    func words() {
        for list in Self.lists {
            for filter in list.filters {
                let words: [String] =
                    switch filter.kind {
                    case .words(let words), .word(let words): words
                    case .line, .flag, .number, .duration, .day, .asOf: []
                    }
                for word in words {
                    let said = Texts.value(word, of: filter.name, filter.kind)
                    #expect(!said.isEmpty && !said.contains("_") && !said.hasPrefix("-"), "\(filter.name): \(word)")
                }
            }
        }
        #expect(Self.lists[0].filters.first?.kind == .words(PromiseState.allCases.map(\.rawValue)))
        #expect(SearchPage.list.filters.contains(ListFilter(name: "unheard_for", kind: .duration)))
    }

    @Test("narrow down to what the API's do, and keep it from part to part and in the file")
    func narrowed() throws {
        let desk = try desk()
        for number in 1...3 {
            _ = try desk.api(
                "POST", "/v1/cases",
                #"{"complaint":"x","customer":{"name":"B\#(number)"},"owner":"Lou","tags":["red"]}"#)
        }
        _ = try desk.api(
            "POST", "/v1/cases/1/promises",
            #"{"by":"customer","to":"us","what":"Send the receipt","due_in":"P1D","owner":null}"#)
        #expect(try desk.get("/board/promises?tag=red").has("3 in all"))
        #expect(try desk.get("/board/promises?by=customer").has("Send the receipt"))
        #expect(try !desk.get("/board/promises").has("Send the receipt"))
        #expect(try desk.get("/board/search?owner=nobody").has("0 in all"))
        #expect(try desk.get("/board/search?unheard_for=5%20days").has("0 in all"))
        let cases = try desk.get("/board/search?owner=Lou&sort=opened_at")
        #expect(cases.has("3 in all") && cases.has("Owner: Lou, In which order: oldest first"))
        #expect(cases.has("href=\"/board/search.csv?owner=Lou&amp;sort=opened_at\" download"))
        let file = try desk.get("/board/search.csv?owner=Lou")
        #expect(file.status == 200 && file.fields["content-type"]?.hasPrefix("text/csv") ?? false)
        #expect(file.html.split(separator: "\r\n").count == 4, "\(file.html)")
        // It is called by what it is, and not by the page that leads to it.
        for (path, name) in [("search", "cases"), ("promises", "promises"), ("queue", "queue")] {
            let said = try desk.get("/board/\(path).csv?as_of=2026-03-01T10:00").fields["content-disposition"]
            #expect(said == "attachment; filename=\"\(name)-2026-03-01.csv\"", "\(path)")
        }
        let promises = try desk.get("/board/promises.csv?tag=red&as_of=")
        #expect(promises.html.split(separator: "\r\n").count == 4, "\(promises.html)")
        #expect(try desk.get("/board/queue.csv?owner=Lou").status == 200)
        #expect(try desk.get("/board/promises.csv?owner=nobody").html.split(separator: "\r\n").count == 1)
        // What is wrong with it is said on a page.
        for path in ["/board/promises.csv?owner=Noone", "/board/promises.csv?limit=1", "/board/search.csv?as_of=x"] {
            let wrong = try desk.get(path)
            #expect(wrong.status == 400 && wrong.has("<h1>"), "\(path)")
        }
    }

    @Test("go back to now with all else that they were asked")
    func now() throws {
        let desk = try desk()
        desk.advance(by: .days(3))
        let page = try desk.get("/board/promises?owner=Kim&as_of=2026-03-03T10:00&state=open")
        #expect(page.has("<a href=\"/board/promises?owner=Kim&amp;state=open\">\(Texts.backToNow)</a>"), "\(page.html)")
    }

    @Test("name what is wrong in an address as their fields are named, in lists and in reports")
    func wrong() throws {
        let desk = try desk()
        for list in Self.lists {
            for filter in list.filters where [.day, .number, .flag, .asOf].contains(filter.kind) {
                let page = try desk.get("\(list.path)?\(filter.name)=%7E")
                let label = try #require(Texts.filterNames[filter.name])
                #expect(page.status == 400 && page.has("<strong>\(label)</strong>: "), "\(list.path): \(filter.name)")
                #expect(!page.has("<strong>\(filter.name)</strong>"), "\(list.path): \(filter.name)")
            }
        }
        for (name, label) in ReportTexts.parameters where name != "regime" {
            let page = try desk.get("/board/reports?\(name)=%7E")
            #expect(page.status == 400 && page.has("<strong>\(label)</strong>: "), "\(name): \(page.html)")
        }
        let empty = try desk.get("/board/reports?from=2026-03-02&to=2026-03-01")
        #expect(empty.has("<strong>\(ReportTexts.to)</strong>: must lie after the beginning of the range."))
    }

    @Test("lead from a promise to its place on the page of its case, and from a customer to theirs")
    func places() throws {
        let desk = try desk()
        let place = "/board/cases/1#promise-1"
        for path in ["/board/promises", "/board/owners/Kim"] {
            let page = try desk.get(path)
            #expect(page.has("<a href=\"\(place)\">") && page.has("<a href=\"/board/customers/1\">"), "\(path)")
        }
        #expect(try desk.get("/board/cases/1").has("id=\"promise-1\" tabindex=\"-1\""))
        desk.advance(by: .days(3))
        let today = try desk.get("/board")
        #expect(today.has("<a href=\"\(place)\">") && today.has("<a href=\"/board/customers/1\">"))
        #expect(try desk.get("/board/queue?kind=overdue").has("<a href=\"\(place)\">"))
    }

    @Test("are files for who has a session alone")
    func access() throws {
        let desk = try BoardDesk()
        _ = try desk.token(.reader, name: "Ann")
        #expect(try desk.client.get("/board/promises.csv").status == 303)
        let reader = try desk.browser(as: .reader, name: "Bo")
        #expect(try reader.get("/board/promises.csv").status == 200)
    }
}
