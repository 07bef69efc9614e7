/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/media_int.h"

#define SAY(name_, code_, sv_, fi_, en_) const struct say name_ = {code_, {sv_, fi_, en_}}

SAY(mdm_say_media_kind, "media.kind", "Filen är varken PDF eller EPUB, vad den än heter.",
	"Tiedosto ei ole PDF eikä EPUB, olipa sen nimi mikä tahansa.",
	"The file is neither PDF nor EPUB, whatever its name.");
SAY(mdm_say_media_pdf, "media.pdf", "PDF-filen är inte hel: början eller slutet saknas.",
	"PDF-tiedosto ei ole ehjä: alku tai loppu puuttuu.",
	"The PDF is not whole: its beginning or end is missing.");
SAY(mdm_say_media_epub, "media.epub",
	"Filen är ingen riktig EPUB: mimetype, container.xml eller bokens beskrivning saknas eller "
	"går "
	"inte att läsa.",
	"Tiedosto ei ole kelvollinen EPUB: mimetype, container.xml tai kirjan kuvaus puuttuu tai "
	"ei ole "
	"luettavissa.",
	"The file is no proper EPUB: mimetype, container.xml or the book's description is missing "
	"or "
	"cannot be read.");
SAY(mdm_say_media_big, "media.big", "Filen är större än 50 MB. Gör den mindre eller dela upp den.",
	"Tiedosto on yli 50 Mt. Pienennä sitä tai jaa se osiin.",
	"The file is larger than 50 MB. Make it smaller, or split it.");
SAY(mdm_say_media_none, "media.none", "Den filen finns inte. Ladda upp den först.",
	"Tiedostoa ei ole. Lähetä se ensin.", "There is no such file. Upload it first.");
SAY(mdm_say_media_mailing, "media.mailing",
	"{0} används av utskicket {1}. Återkalla det först.",
	"Lähetys {1} käyttää tiedostoa {0}. Peru se ensin.",
	"{0} is used by the mailing {1}. Withdraw that first.");
SAY(mdm_say_media_wanted, "media.wanted",
	"{0} ska finnas på iPads hos {1}. Ta bort den därifrån först.",
	"{0} kuuluu kohteen {1} iPadeihin. Poista se sieltä ensin.",
	"{0} is wanted on the iPads of {1}. Take it away there first.");
SAY(mdm_say_mailing_kind, "mailing.kind",
	"Ett utskick är en enkät (survey), ett utbildningsmaterial (media) eller en länk (link).",
	"Lähetys on kysely (survey), opastusaineisto (media) tai linkki (link).",
	"A mailing is a survey, educational material (media) or a link.");
SAY(mdm_say_mailing_none, "mailing.none", "Det finns inget utskick {0}.", "Lähetystä {0} ei ole.",
	"There is no mailing {0}.");
SAY(mdm_say_mailing_to, "mailing.to", "Ange antingen en grupp eller en iPad.",
	"Anna joko ryhmä tai yksi iPad.", "Name either a group or one iPad.");
SAY(mdm_say_mailing_url, "mailing.url", "Adressen ska börja med https://.",
	"Osoitteen alussa on oltava https://.", "The address must begin with https://.");
SAY(mdm_say_mailing_public, "mailing.public",
	"Enkäter behöver en adress som alla når: ställ in public.url först.",
	"Kyselyt tarvitsevat kaikille avoimen osoitteen: aseta ensin public.url.",
	"Surveys need an address that everybody reaches: set public.url first.");
SAY(mdm_say_mailing_title, "mailing.title",
	"Utskicket behöver en rubrik på 1-60 tecken: den står under ikonen.",
	"Lähetys tarvitsee 1-60 merkin otsikon: se näkyy kuvakkeen alla.",
	"The mailing needs a title of 1-60 characters: it stands under the icon.");
SAY(mdm_say_mailing_over, "mailing.over", "Utskicket {0} är redan återkallat.",
	"Lähetys {0} on jo peruttu.", "The mailing {0} is withdrawn already.");
SAY(mdm_say_mailing_returned, "mailing.returned",
	"Återkallat: iPaden lämnades tillbaka.", "Peruttu: iPad palautettiin.",
	"Withdrawn: the iPad was returned.");
SAY(mdm_say_mailing_no_file, "mailing.no_file",
	"Utskicket {0} är ingen fil. Bara material i PDF eller EPUB kan bytas ut; gör annars ett nytt utskick.",
	"Lähetys {0} ei ole tiedosto. Vain PDF- tai EPUB-aineiston voi vaihtaa; tee muuten uusi lähetys.",
	"The mailing {0} is no file. Only material in PDF or EPUB can be replaced; otherwise make a new mailing.");
SAY(mdm_say_mailing_file_over, "mailing.file_over",
	"Utskicket {0} är återkallat: ingen har det längre. Gör ett nytt utskick med den rättade filen.",
	"Lähetys {0} on peruttu, eikä se ole enää kenelläkään. Tee uusi lähetys korjatulla tiedostolla.",
	"The mailing {0} is withdrawn: nobody has it any longer. Make a new mailing with the corrected file.");
SAY(mdm_say_mailing_file_same, "mailing.file_same",
	"{0} har samma innehåll som filen i utskicket. Välj den rättade filen.",
	"Tiedoston {0} sisältö on sama kuin lähetyksen tiedostolla. Valitse korjattu tiedosto.",
	"{0} has the same content as the mailing's file. Choose the corrected file.");
SAY(mdm_say_mailing_file_first, "mailing.file_first",
	"Filen i utskicket {0} har inte bytts, så det finns ingen att gå tillbaka till.",
	"Lähetyksen {0} tiedostoa ei ole vaihdettu, joten aiempaa ei ole.",
	"The file of the mailing {0} has not been replaced, so there is none to go back to.");
SAY(mdm_say_mailing_past, "mailing.past", "Tiden ska ligga framåt, högst 400 dagar.",
	"Ajan on oltava tulevaisuudessa, enintään 400 päivän päässä.",
	"The time must lie ahead, at most 400 days.");
