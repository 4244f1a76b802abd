import CaseStore
import Complaints

/// A calendar, a policy or somebody who is away as a change left it, with what whoever changed it is told.
struct ChangedSetting<Setting: Sendable>: Sendable {
    let setting: Setting
    let warnings: [SettingWarning]

    init(_ setting: Setting, warnings: [SettingWarning]) {
        self.setting = setting
        self.warnings = warnings
    }
}

extension ChangedSetting<Policy> {
    static let shown: [Shown<Self>] =
        .of(Policy.shown) { $0.setting } + [.warnings(SettingWarning.shown) { $0.warnings }]
}

extension ChangedSetting<CalendarRecord> {
    static let shown: [Shown<Self>] =
        .of(CalendarRecord.shown) { $0.setting } + [.warnings(SettingWarning.shown) { $0.warnings }]
}

extension ChangedSetting<OwnerRecord> {
    static let shown: [Shown<Self>] =
        .of(OwnerRecord.shown) { $0.setting } + [.warnings(SettingWarning.shown) { $0.warnings }]
}

extension SettingWarning {
    fileprivate static let shown: [Shown<SettingWarning>] = [
        .word("code") { $0.code },
        .text("detail", "What to do about it.") { $0.detail },
    ]
}
