"""Does a finding survive other assumptions: another decision rule, another network, other numbers nobody knows?"""
