print("casekeeper")
