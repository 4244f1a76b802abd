import CaseStore
import Complaints
import Foundation
import TestSupport
import Testing

@testable import CaseAPI
@testable import casekeeper

@Suite("Words of closed sets")
struct VocabularyTests {
    /// By the name of its enum.
    private static let all: [String: [any Vocabulary.Type]] = [
        "Code": [
            PromiseWarning.Code.self, CaseWarning.Code.self, SettingWarning.Code.self, RuleViolation.Code.self,
            FieldIssue.Code.self, ErasureTrace.Code.self,
        ],
        "State": [Guidance.State.self], "Kind": [Matter.Kind.self, BusinessStep.Kind.self, PromiseMark.Kind.self],
        "Hearer": [LadderStep.Hearer.self],
        "Outcome": [Matter.Outcome.self],
        "Cause": [Release.Cause.self],
        "Sort": [
            LogSubject.Sort.self, CaseFilter.Sort.self, PromiseFilter.Sort.self, HistoryFilter.Sort.self,
            OwnerFilter.Sort.self,
        ],
        "By": [PromiseFilter.By.self], "To": [PromiseFilter.To.self], "Name": [ProblemMember.self],
        "QueueKind": [QueueKind.self], "ReportPeriod": [ReportPeriod.self], "CaseField": [CaseField.self],
        "LoadGrouping": [LoadGrouping.self], "ThreatGrouping": [ThreatGrouping.self],
        "PromiseGrouping": [PromiseGrouping.self], "CauseGrouping": [CauseGrouping.self],
        "ConcessionGrouping": [ConcessionGrouping.self], "ConcessionState": [ConcessionState.self],
        "Tactic": [Tactic.self], "Severity": [Severity.self], "Channel": [Channel.self], "Promiser": [Promiser.self],
        "Promisee": [Promisee.self], "EventType": [EventType.self], "LogKind": [LogKind.self], "Mood": [Mood.self],
        "MoodTrend": [MoodTrend.self], "CaseStatus": [CaseStatus.self], "PromiseKind": [PromiseKind.self],
        "ContactOutcome": [ContactOutcome.self], "ThreatKind": [ThreatKind.self], "ThreatVerdict": [ThreatVerdict.self],
        "ThreatShadow": [ThreatShadow.self], "CaseOutcome": [CaseOutcome.self],
        "ReferralDecision": [ReferralDecision.self],
        "PromiseState": [PromiseState.self], "Relationship": [Relationship.self], "Role": [Role.self],
        "LogFormat": [LogFormat.self], "NameRole": [NameRole.self],
        "ProblemKind": [ProblemKind.self], "CaseInclusion": [CaseInclusion.self],
        "EndingCause": [EndingCause.self],
        "ExportedList": [ExportedList.self], "BlankCell": [BlankCell.self],
        "ExportFormat": [ExportFormat.self], "Representation": [Representation.self],
        "DigestForm": [DigestForm.self], "DigestSection": [DigestSection.self],
        "HistorySubject": [HistorySubject.self], "NamedPeriod": [NamedPeriod.self],
        "Weekday": [Weekday.self], "ClockTime": [ClockTime.self], "ClockUnit": [ClockUnit.self],
        "ReceivedClosed": [Regime.ReceivedClosed.self], "RegimeGrouping": [RegimeGrouping.self],
        "Start": [ClockExtension.Start.self], "RegimeRange": [RegimeRange.self],
        "SoughtOutcome": [SoughtOutcome.self], "End": [OwnExport.End.self],
        "WebhookOffReason": [WebhookOffReason.self], "DeliveryStatus": [DeliveryStatus.self],
        "DeliveryFailure": [DeliveryFailure.self],
        "CSVSeparator": [CSVSeparator.self], "ImportSource": [ImportSource.self], "TextEncoding": [TextEncoding.self],
        "UnitName": [ServiceUnit.UnitName.self],
    ]

    private typealias ProblemMember = Problem.Member.Name

    /// What is only written, and never made of a text.
    private static let onlyWritten: Set = [
        "Operation", "Synchronous", "AnswerHeader", "Place", "LimitKind", "MetricsText.Kind", "ConnectionRole",
        "ServerRefusal.Code", "CodingKeys", "Level", "ChartTexture", "Mark", "OwnerForm", "NewCaseGroup",
        "Chooser", "CustomerForm",
    ]

    /// Whose words are called by a name that others have, too.
    private static let holders = ["MetricsText", "ServerRefusal"]

    /// `package enum Name: String, Vocabulary {`
    private struct Declaration {
        let name: String
        let isVocabulary: Bool
        let isPrivate: Bool
    }

    private func declarations() throws -> [Declaration] {
        let sources = Repository.root.appending(path: "Sources")
        let files = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { $0.hasSuffix(".swift") }
        return try files.flatMap { file -> [Declaration] in
            let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
            return text.split(separator: "\n").compactMap { line in
                let declared = /^ *([a-z ]*)(?:enum|struct) (\w+): ((?:String|Vocabulary)\b[^{]*)\{/
                guard let match = line.firstMatch(of: declared) else { return nil }
                let conformances = match.3.split(separator: ",").map { $0.drop { $0 == " " } }
                return Declaration(
                    name: Self.holders.first { file.hasSuffix("/\($0).swift") }.map { "\($0).\(match.2)" }
                        ?? String(match.2),
                    isVocabulary: conformances.contains {
                        $0.hasPrefix("Vocabulary") || $0.hasPrefix("ReportGrouping")
                    },
                    isPrivate: match.1.contains("private"))
            }
        }
    }

    @Test("everything that is made of a word is one, and is tried here")
    func everyOne() throws {
        let found = try declarations()
        #expect(found.count > 50)
        for declaration in found where !declaration.isVocabulary {
            #expect(Self.onlyWritten.contains(declaration.name), "\(declaration.name) compares texts by ==")
        }
        let words = found.filter { $0.isVocabulary && !$0.isPrivate }.map(\.name)
        #expect(words.sorted() == Self.all.flatMap { name, types in types.map { _ in name } }.sorted())
    }

    @Test("each word is itself, and nothing else that looks like it", arguments: Self.all.keys.sorted())
    func lookalikes(name: String) throws {
        for type in try #require(Self.all[name]) { try check(type) }
    }

    private func check<Word: Vocabulary>(_ type: Word.Type) throws {
        #expect(!Word.allCases.isEmpty)
        for word in Word.allCases {
            #expect(Word(rawValue: word.rawValue) == word)
            let swapped =
                word.rawValue.lowercased() == word.rawValue ? word.rawValue.uppercased() : word.rawValue.lowercased()
            for other in Lookalike.all(of: word.rawValue) + [swapped] {
                #expect(Word(rawValue: other) == nil, "\(type): \(other.unicodeScalars.map(\.value))")
            }
        }
        #expect(Word(rawValue: "") == nil)
    }

    private enum Kelvin: String, Vocabulary {
        case upper = "K"
        case lower = "k"
    }

    @Test("that holds where Swift's == would be true of both")
    func canonicallyEquivalent() {
        #expect("\u{212A}" == "K")
        #expect(Kelvin(rawValue: "K") == .upper)
        #expect(Kelvin(rawValue: "\u{212A}") == nil)
    }
}
