/// What is edited of a case. Its channel, severity and mood cannot be taken away; another severity moves no promise already
/// made; the first owner is given to the unsettled promises that have none.
public typealias CaseEdit = Edit<CaseFields>
