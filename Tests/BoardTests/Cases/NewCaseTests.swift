import CaseAPI
import Complaints
import Foundation
import Testing

@testable import Board

@Suite("A new case, on its page")
struct NewCaseTests {
    private static let path = NewCasePage.path

    private func desk() throws -> CasePageDesk {
        let desk = try CasePageDesk()
        let opened = try desk.api(
            "POST", "/v1/cases",
            #"{"complaint":"It leaks.","customer":{"name":"Ann Lee","phone":"+46 8 1","email":"ann@example.com"},"owner":"Kim","subject":"Kettle"}"#
        )
        #expect(opened.status == 201, "\(opened.html)")
        return desk
    }

    /// The page after it was looked for duplicates, with what was typed.
    private func checked(_ desk: CasePageDesk, _ typed: [String: String]) throws -> BrowsedPage {
        let form = try desk.get(Self.path).form(Self.path)
        let page = try desk.post(Self.path, form.merging(typed) { $1 })
        #expect(page.status == 200, "\(page.html)")
        return page
    }

    @Test("what is missing or not understood is said before anybody is looked for, and all of it at once")
    func faultsFirst() throws {
        let desk = try desk()
        var form = try desk.get(Self.path).form(Self.path)
        form.merge(["complaint": " ", "customer/name": "", "promise/what": "Call", "promise/due_in": "soon"]) { $1 }
        let page = try desk.post(Self.path, form)
        #expect(page.status == 422 && !page.has(Texts.possibleDuplicates), "\(page.html)")
        for field in ["complaint", "customer-name", "promise-due_in"] {
            #expect(page.has("id=\"field-\(field)-fault\""), "\(field)")
        }
        #expect(page.html.matches(of: #/ autofocus/#).count == 1 && page.form(Self.path)["seen"] == nil)
        form.merge(["complaint": "It drips.", "customer/name": "Bo", "promise/due_in": "2 days"]) { $1 }
        #expect(try desk.post(Self.path, form).has(Texts.possibleDuplicates))
    }

    @Test("a new case is looked at for duplicates first, and then opened with all that was typed")
    func newCase() throws {
        let desk = try desk()
        let path = "/board/cases/new"
        var form = try desk.get(path).form(path)
        #expect(form["seen"] == nil)
        let empty = try desk.get(path).html
        let labels = empty.matches(of: #/<label for="field-([^"]+)">[^<]*<small class="inline">\(required\)/#)
            .map { String($0.1) }
        #expect(labels.contains("complaint"))
        #expect(!labels.contains("customer-id") && !labels.contains("customer-external_id"), "\(labels)")
        form["complaint"] = "It drips."
        form["customer/name"] = "Ann Lee"
        form["customer/phone"] = "+46 8 1"
        form["tags"] = "kettle\nred"
        form["promise/what"] = "Call back"
        form["promise/due_in"] = "PT4H"
        let checked = try desk.post(path, form)
        #expect(checked.status == 200 && checked.html.contains(Texts.possibleDuplicates), "\(checked.html)")
        var again = checked.form(path)
        #expect(again["complaint"] == "It drips." && again["customer/name"] == "Ann Lee" && again["seen"] != nil)
        #expect(try desk.api("GET", "/v1/cases/2").status == 404)
        again["tags"] = form["tags"]
        let opened = try desk.post(path, again)
        #expect(opened.status == 200 && opened.html.contains("Nobody has to keep it"), "\(opened.html)")
        #expect(opened.html.contains("<a href=\"/board/cases/2\">"))
        let made = try desk.api("GET", "/v1/cases/2").html
        #expect(made.contains(#""tags":["kettle","red"]"#) && made.contains("Call back"), "\(made)")
    }

    @Test("asks for everything that the API takes, each under one heading, but for what a new case can't have")
    func everything() throws {
        let desk = try desk()
        // Hours are asked for where there are some.
        #expect(try desk.openOnWeekdays().status < 300)
        let html = try desk.get(Self.path).html
        let grouped = NewCaseGroup.allCases.flatMap(\.fields)
        #expect(Set(grouped).count == grouped.count)
        for field in NewCasePage.body.all {
            let left = NewCaseGroup.left.first { $0.name == field.name }
            #expect(grouped.contains(field.name) != (left != nil), "\(field.name)")
            #expect(left.map { $0.why.count > 20 } ?? true)
            let controls = html.ranges(of: "name=\"\(field.name)\"").count
            #expect(controls == (left == nil ? 1 : 0), "\(field.name)")
        }
        for name in grouped + NewCaseGroup.left.map(\.name) { #expect(NewCasePage.body[name] != nil, "\(name)") }
        for group in NewCaseGroup.allCases { #expect(html.contains(Texts.title(of: group)), "\(group)") }
        // In the order in which somebody on the telephone says it.
        let places = ["customer/name", "complaint", "customer/phone", "promise/what", "severity", "external_id"].map {
            name in
            html.range(of: "name=\"\(name)\"")?.lowerBound
        }
        #expect(places.allSatisfy { $0 != nil } && places.compactMap(\.self) == places.compactMap(\.self).sorted())
    }

    @Test("says what can't be left out: the complaint and the customer's name")
    func required() throws {
        let html = try desk().get(Self.path).html
        let required = html.matches(of: #/<label for="field-([^"]+)">[^<]*<small class="inline">\(required\)/#)
            .map { String($0.1) }
        #expect(Set(required.filter { !$0.hasPrefix("promise") }) == ["complaint", "customer-name"], "\(required)")
    }

    @Test("shows who is on record with a link to each case of theirs; they can be chosen, and the choice taken back")
    func choosing() throws {
        let desk = try desk()
        let page = try checked(
            desk,
            [
                "complaint": "It drips.", "customer/name": "A. Lee", "customer/email": "ANN@example.com",
                "subject": "Drip",
            ])
        #expect(page.html.contains("<strong>Ann Lee</strong>"), "\(page.html)")
        #expect(page.html.contains("<a href=\"/board/cases/1\">1: <bdi>Kettle</bdi></a>"))
        #expect(
            page.html.contains("<button name=\"known\" value=\"1\"") && page.html.contains("name=\"same\" value=\"1\""))
        // Whoever presses Enter opens the case: the first button of a form is its own.
        let sheet = try #require(page.html.components(separatedBy: "class=\"sheet\"").last)
        let first = try #require(sheet.range(of: "<button>")?.lowerBound)
        #expect(try first < #require(sheet.range(of: "<button name=")?.lowerBound))

        let chosen = try desk.post(Self.path, page.form(Self.path).merging(["known": "1"]) { $1 })
        let form = chosen.form(Self.path)
        #expect(chosen.html.contains(Texts.openForThem) && !chosen.html.contains(Texts.openAnother))
        #expect(chosen.html.contains(Texts.knownCustomer) && form["customer/id"] == "1", "\(chosen.html)")
        #expect(form["customer/name"] == nil && form["complaint"] == "It drips." && form["subject"] == "Drip")

        let other = try desk.post(Self.path, form.merging(["known": "none"]) { $1 })
        #expect(other.form(Self.path)["customer/name"] == "" && other.form(Self.path)["complaint"] == "It drips.")

        let opened = try desk.post(Self.path, form)
        #expect(opened.status == 303 || opened.html.contains("/board/cases/2"), "\(opened.html)")
        #expect(try desk.api("GET", "/v1/cases/2").html.contains(#""customer":{"id":1,"#))
        #expect(try desk.api("GET", "/v1/cases/3").status == 404)
    }

    @Test(
        "is no new one where it is a case on record: what was typed is written down there, once, and nothing is opened")
    func sameCase() throws {
        let desk = try desk()
        let form = try checked(
            desk, ["complaint": "It leaks still!", "customer/name": "Ann", "customer/phone": "+46 8 1"]
        ).form(Self.path).merging(["same": "1"]) { $1 }
        for _ in 1...2 {
            let done = try desk.post(Self.path, form)
            #expect(
                done.status == 303 && done.fields["location"]?.hasPrefix("/board/cases/1?done=") == true, "\(done.html)"
            )
        }
        let log = try desk.api("GET", "/v1/cases/1/log").html
        #expect(log.ranges(of: "It leaks still!").count == 1, "\(log)")
        #expect(try desk.api("GET", "/v1/cases/2").status == 404)
        // Without a word there is nothing to write down, and the page says where.
        let empty = try desk.post(Self.path, form.merging(["complaint": "", "key": "other"]) { $1 })
        #expect(empty.status == 422 && empty.html.contains("id=\"field-complaint-fault\""), "\(empty.html)")
        #expect(try desk.post(Self.path, form.merging(["same": "99", "key": "third"]) { $1 }).status == 404)
    }

    @Test("what a case on record gets nothing of is named; a case is shown with its state and whose it is")
    func leftOut() throws {
        let desk = try desk()
        let page = try checked(
            desk,
            [
                "complaint": "It leaks still!", "customer/name": "Ann", "customer/phone": "+46 8 1", "subject": "Drip",
                "promise/due_in": "2 days",
            ])
        #expect(page.has("open, normal, Kim"), "\(page.html)")
        let done = try desk.post(Self.path, page.form(Self.path).merging(["same": "1"]) { $1 })
        #expect(done.status == 200 && done.has("Subject, Promise: due in"), "\(done.html)")
        #expect(done.has("href=\"/board/cases/1\""))
    }

    @Test("a telephone number that is corrected is looked up again before the case is opened")
    func lookedUpAgain() throws {
        let desk = try desk()
        var form = try checked(
            desk, ["complaint": "It drips.", "customer/name": "Bo", "customer/phone": "+46 8 2"]
        ).form(Self.path)
        form["customer/phone"] = "+46 8 1"
        let again = try desk.post(Self.path, form)
        #expect(again.status == 200 && again.has("<strong>Ann Lee</strong>"), "\(again.html)")
        #expect(try desk.api("GET", "/v1/cases/2").status == 404)
        #expect([200, 303].contains(try desk.post(Self.path, again.form(Self.path)).status))
        #expect(try desk.api("GET", "/v1/cases/2").status == 200)
    }

    @Test("keeps all that was typed when it is refused, with each fault beside its field, be it folded away")
    func refused() throws {
        let desk = try desk()
        let typed = [
            "complaint": "It <b>drips</b>.", "customer/name": "Bo", "tags": "kettle\nred", "promise/what": "Call back",
            "promise/due_at": "2026-03-01T10:00", "customer/language": "no language", "seen": "yes",
        ]
        let page = try desk.post(Self.path, try desk.get(Self.path).form(Self.path).merging(typed) { $1 })
        #expect(page.status == 422, "\(page.html)")
        let form = page.form(Self.path)
        for (name, value) in typed where name != "seen" {
            #expect(form[name] == value, "\(name)")
        }
        for field in ["promise-due_at", "customer-language"] {
            #expect(page.html.contains("id=\"field-\(field)-fault\""), "\(field)")
        }
        #expect(try desk.api("GET", "/v1/cases/2").status == 404)

        // A promise without a date: what is wrong with it as a whole stands at its head.
        let dateless = try desk.post(
            Self.path, form.merging(["promise/due_at": "", "customer/language": "de", "seen": "yes"]) { $1 })
        #expect(dateless.status == 422 && dateless.html.contains("class=\"bad\""), "\(dateless.html)")
        let folded = try desk.post(
            Self.path,
            form.merging([
                "promise/due_at": "", "promise/due_in": "PT4H", "customer/language": "", "customer/id": "x",
                "seen": "yes",
            ]) { $1 })
        #expect(folded.status == 422 && folded.html.contains("<details open>"), "\(folded.html)")
    }

    @Test("opens a case with a promise of what, by when and whose")
    func promise() throws {
        let desk = try desk()
        let page = try checked(
            desk,
            [
                "complaint": "It drips.", "customer/name": "Bo", "promise/what": "Send a washer",
                "promise/due_in": "PT4H",
                "promise/owner": "Lou", "promise/kind": "remedy",
            ])
        #expect(page.html.contains(Texts.noDuplicates))
        var form = page.form(Self.path)
        form["promise/kind"] = "remedy"
        #expect([200, 303].contains(try desk.post(Self.path, form).status))
        let made = try desk.api("GET", "/v1/cases/2").html
        #expect(made.contains(#""what":"Send a washer""#) && made.contains(#""kind":"remedy""#), "\(made)")
        #expect(made.contains(#""owner":"Lou""#))
    }
}
