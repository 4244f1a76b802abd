import CaseStore
import Complaints

/// A calendar or a policy as a change left it, with what whoever changed it is told.
struct ChangedSetting<Setting: Sendable>: Sendable {
    let setting: Setting
    let warnings: [SettingWarning]

    init(_ setting: Setting, warnings: [SettingWarning]) {
        self.setting = setting
        self.warnings = warnings
    }
}

extension ChangedSetting<Policy> {
    static let shown: [Shown<Self>] = .of(Policy.shown) { $0.setting } + [SettingWarning.member { $0.warnings }]
}

extension ChangedSetting<CalendarRecord> {
    static let shown: [Shown<Self>] = .of(CalendarRecord.shown) { $0.setting } + [SettingWarning.member { $0.warnings }]
}

extension SettingWarning {
    /// As a member of what it comes with, missing where there is none.
    fileprivate static func member<Item>(
        _ warnings: @escaping @Sendable (Item) -> [SettingWarning]
    ) -> Shown<Item> {
        .ifAny(
            .objects("warnings", "For whoever has just changed it: what speaks against it.", of: shown) {
                (all: [SettingWarning]) in all
            }
        ) { item in
            let all = warnings(item)
            return all.isEmpty ? nil : all
        }
    }

    private static let shown: [Shown<SettingWarning>] = [
        .word("code") { $0.code },
        .text("detail", "What to do about it.") { $0.detail },
    ]
}
