"""Words that are written with a capital letter and are nobody's name: they tell no other company from one's own."""

from __future__ import annotations

from typing import Final


def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


PLACES: Final = _split(
    """
    Afghanistan Africa African Alabama Alaska Albania Alberta Algeria America American Americas Andorra Angola
    Anguilla Antarctica Antigua Arab Arabia Area Argentina Arizona Arkansas Armenia Aruba Asia Australia Austria
    Azerbaijan Bahamas Bahrain Bangladesh Barbados Barbuda Barthélemy Belarus Belgium Belize Benin Bermuda
    Bhutan Bissau Bolivia Bonaire Bosnia Botswana Bouvet Brazil Britain British Brunei Brunswick Bulgaria
    Burkina Burma Burundi Caicos Caledonia California Cambodia Cameroon Canada Cape Caribbean Carolina Cayman
    Central Chad Chile China Christmas City Coast Cocos Colombia Colorado Columbia Commission Comoros Congo
    Connecticut Cook Costa Croatia Cuba Curaçao Cyprus Czechia Dakota Delaware Democratic Denmark District
    Djibouti Dominica Dominican East Economic Ecuador Edward Egypt Emirates England Equatorial Eritrea Estonia
    Eswatini Ethiopia Europe European Eurozone Eustatius Falkland Faroe Faso Fiji Finland Florida France French
    Futuna Gabon Gambia Georgia Germany Ghana Gibraltar Greece Greenland Grenada Grenadines Guadeloupe Guam
    Guatemala Guernsey Guiana Guinea Guyana Haiti Hampshire Hawaii Heard Helena Herzegovina Holland Honduras
    Hong Hungary Iceland Idaho Illinois India Indian Indiana Indonesia Iowa Iran Iraq Ireland Island Islands
    Isle Israel Italy Ivory Jamaica Jan Japan Jersey Jordan Kansas Kazakhstan Kentucky Kenya Kingdom Kiribati
    Kitts Kong Korea Kosovo Kuwait Kyrgyzstan Labrador Lanka Laos Latin Latvia Lebanon Leone Lesotho Leste
    Liberia Libya Liechtenstein Lithuania London Louisiana Lucia Luxembourg Maarten Macao Macedonia Madagascar
    Maine Malawi Malaysia Maldives Mali Malta Man Manitoba Mariana Marino Marshall Martin Martinique Maryland
    Massachusetts Mauritania Mauritius Mayen Mayotte McDonald Mexico Michigan Micronesia Middle Minnesota Minor
    Miquelon Mississippi Missouri Moldova Monaco Mongolia Montana Montenegro Montserrat Morocco Mozambique
    Myanmar Namibia Nauru Nebraska Nepal Netherlands Nevada Nevis New Newfoundland Nicaragua Niger Nigeria Niue
    Norfolk North Northern Northwest Norway Nova Nunavut Ocean Oceania Ohio Oklahoma Oman Ontario Oregon
    Outlying Pacific Pakistan Palau Palestine Panama Papua Paraguay Pennsylvania Peru Philippines Pierre
    Pitcairn Poland Polynesia Portugal Prince Príncipe Puerto Qatar Quebec Republic Rhode Rica Rico Romania
    Russia Rwanda Réunion Saba Sahara Saint Salvador Samoa San Sandwich Saskatchewan Saudi Scotia Scotland
    Senegal Serbia Seychelles Sierra Singapore Sint Slovakia Slovenia Solomon Somalia South Southern Spain Sri
    State States Sudan Suriname Svalbard Swaziland Sweden Switzerland Syria São Taiwan Tajikistan Tanzania
    Tennessee Territories Territory Texas Thailand Timor Tobago Togo Tokelau Tomé Tonga Trinidad Tunisia
    Turkmenistan Turks Tuvalu Türkiye Uganda Ukraine Union United Uruguay Utah Uzbekistan Vanuatu Vatican
    Venezuela Verde Vermont Vietnam Vincent Virgin Virginia Wales Wallis Washington West Western Wisconsin
    Wyoming Yemen York Yukon Zambia Zealand Zimbabwe Åland
    """
)
"""Countries, regions, and parts of their names; those of the library are all here."""

PEOPLES: Final = _split(
    """
    African American Americans Argentinian Asian Atlantic Australian Austrian Bavarian Belgian Brazilian British
    Bulgarian Californian Californians Canadian Caribbean Chilean Chinese Colombian Croatian Cypriot Czech
    Danish Dutch Eastern Egyptian Emirati English Estonian European Europeans Finnish Flemish French German
    Greek Hungarian Icelandic Indian Indonesian Irish Israeli Italian Japanese Korean Latvian Lithuanian Maltese
    Mexican Nigerian Northern Norwegian Pacific Polish Portuguese Romanian Russian Saudi Scottish Serbian Slovak
    Slovenian Southern Spanish Swedish Swiss Taiwanese Texan Thai Turkish Ukrainian Vietnamese Virginian Welsh
    Western
    """
)
"""What belongs to a place."""

TIMES: Final = _split(
    """
    April August Christmas December Easter February Friday January July June March Monday November October
    Saturday September Sunday Thursday Tuesday Wednesday
    """
)
"""Months, days and feasts. May is a word like others."""

TECHNICAL: Final = _split(
    """
    Android Bluetooth Chrome Control Do Edge Ethernet Excel Fi Firefox Flash Global Internet Intranet Java
    JavaScript Linux Mac Markdown Not Opera Safari Track Unix Web WebSocket Webkit Wi WiFi Windows
    """
)
"""Systems, browsers and techniques that policies speak of whoever writes them."""

STOCK: Final = _split(
    """
    About Abuse Acceptable Access Account Accounts Acts Add Addendum Administrator Administrators Advertisers
    Advertising Affiliate Affiliates Agent Agents Agreement Agreements All Analytics Annex Any Anybody Anyone
    App Appendix Applicable Applicant Applicants Application Applications Apps Art Article Articles Asked
    Authorised Authorized Automated Billing Biometric Blog Browser Browsers Business Businesses Buyer Buyers
    Candidate Candidates Categories Category Center Centre Chapter Chapters Chief Child Children Clause Clauses
    Client Clients Collection Commerce Commercial Communication Communications Community Companies Company
    Compliance Condition Conditions Conduct Confidentiality Consent Consumer Consumers Contact Contacts Content
    Contents Contract Contractor Contractors Contracts Contractual Controller Controllers Cookie Cookies
    Copyright Corporate Correction Credit Customer Customers Data Database Date Dear Declaration Definition
    Definitions Deletion Department Desk Details Device Devices Director Disclaimer Disclosure Disclosures
    Document Documents Dr Each Education Effective Electronic Email Emails Employee Employees End Enterprise
    Entities Entity Erasure European Event Events Everybody Everyone Exhibit Explicit Feedback Fees Financial
    Form Forum Forums Frequently General Governing Group Guest Guests Guide Guideline Guidelines He Health Help
    Here Home Host Hosts Human Identifiable Identifier Identifiers Impressum Imprint Individual Individuals
    Information Initiative Insurance Integration Integrations Intellectual Interest Interests International It
    Joint Key Last Law Laws Learn Legal Legitimate Let Liability Licence License Licensed Limit Limited Limiting
    List Log Login Mail Mailing Manager Marketing Material Materials Member Members Membership Men Message
    Messages Messaging Minor Minors Miss Mobile Model More Mr Mrs Ms My Nobody Notice Notices Notification
    Notifications Number Office Officer Officers Official One Online Opinion Opt Order Orders Other Others Our
    Out Owner Owners Page Pages Paragraph Paragraphs Parent Parents Part Participant Participants Parties
    Partner Partners Parts Party Password Patient Patients Pay Payment Payments People Personal Personally Phone
    Platform Platforms Player Players Policies Policy Portability Portal Post Posts Preference Preferences
    President Press Principle Principles Privacy Procedure Procedures Process Processing Processor Processors
    Product Products Profile Profiles Program Programme Property Protected Protection Provider Providers Public
    Purpose Purposes Question Questions Read Recipient Recipients Record Records Recruitment Rectification
    Refund Regional Registered Registrar Registration Related Report Representative Representatives Request
    Requests Research Reserved Restriction Retention Revised Right Rights Role Rule Rules Safety Sale Schedule
    School Scope Seal Secretary Section Sections Security See Sell Seller Sellers Sensitive Server Servers
    Service Services Setting Settings Share Sharing She Shop Short Site Sites Software Somebody Someone Special
    Staff Standard Standards Statement Statements Storage Store Student Students Sub Subject Subjects Submission
    Subprocessor Subprocessors Subscriber Subscribers Subscription Subsidiaries Subsidiary Supervisory Supplier
    Suppliers Support System Systems Table Tax Teacher Team Technical Technologies Technology Telephone Term
    Terms Text That The There Third Today Tomorrow Tool Tools Tracking Trade Trademark Transaction Transactions
    Transfer Transfers Transparency Trial Trust Unique Update Updated Updates Us Usage Use User Username Users
    Vendor Vendors Version Visitor Visitors Warranty We Website Websites What Who Withdrawal Women Worker
    Workers World Yesterday You Your
    """
)
"""What contracts and policies like to write with a capital, as if it were defined: “the Service”, “Personal Data”."""

BODIES: Final = _split(
    """
    Act Advisory Agency Assembly Authorities Authority Autoriteit Bill Board Bureau Charter Code Commission
    Commissioner Commonwealth Congress Constitution Convention Council Court Courts Decision Decree Delegation
    Directive Directorate Economic Embassy Federal Federation Framework Government Governor Guidance Harbor
    Harbour Institute Judge Justice Law Laws Minister Ministry National Nations Ombudsman Ordinance Organisation
    Organization Parliament Police Prosecutor Protocol Recital Recommendation Register Registry Regulation
    Regulations Regulator Resolution Revenue Ruling Senate Shield State States Statute Supreme Title Treaty
    Tribunal Union Unit United University
    """
)
"""A name with one of these is that of a law or of a public body."""

FORMS: Final = _split(
    """
    AB AG AS BV Bhd Co Company Corp Corporation Foundation GmbH Inc Incorporated KG KGaA Kft LLC LLP LP Limited
    Ltd NV OHG Oy Oyj PLC Plc Private Pte Pty SA SARL SAS SE SRL Sdn SpA Stiftung Sàrl UG Verein eG eV plc
    """
)
"""What stands after the name of a company, without its points: with one of these, it is the registered name."""

STREETS: Final = _split(
    """
    Allee Avenue Boulevard Box Building Drive Floor Gasse Hall House Lane Place Platz Road Square Strasse Straße
    Street Suite Tower Way
    """
)
"""A name with one of these is part of an address."""
