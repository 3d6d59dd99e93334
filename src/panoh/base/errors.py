"""Errors of the user's world: a code, and a sentence that says what happened, what was kept, what to do.

Anything that is not an AppError is a bug. Parameters may be counts, times, versions and the name of
a file that the user chose; never a person's data, because sentences reach logs and screens.
"""

from __future__ import annotations

from panoh.base.i18n import N_, gettext
from panoh.base.paper_errors import OF_PAPERS
from panoh.base.pfif_errors import OF_PFIF
from panoh.base.tracing_errors import OF_TRACING
from panoh.base.verifying_errors import OF_VERIFYING

SENTENCES: dict[str, str] = {
    **OF_PAPERS,
    **OF_PFIF,
    **OF_TRACING,
    **OF_VERIFYING,
    "vault.wrong_passphrase": N_(
        "This user name and passphrase do not open the vault. Nothing was changed. "
        "Check Caps Lock and the keyboard layout, then try again."
    ),
    "vault.wrong_recovery": N_(
        "This recovery text does not open the vault. Nothing was changed. "
        "Compare every group with the paper, and take the paper that was printed last."
    ),
    "vault.key_damaged": N_(
        "Both key files of this vault are damaged or missing. The vault itself was not touched. "
        "Put back vault.key from a backup of this vault, then unlock again."
    ),
    "vault.damaged": N_(
        "The passphrase is right, but the vault file is damaged. Nothing was changed. "
        "Restore the newest good backup: {backup}."
    ),
    "vault.newer": N_(
        "This vault was last used by a newer Panoh (schema {found}; this one knows {known}). "
        "Nothing was changed. Install the newer Panoh on this laptop."
    ),
    "vault.not_upgraded": N_(
        "This vault could not be brought up to this version of Panoh. The vault was not changed, and it was copied to {backup} first. "
        "Go on with the Panoh that was used before, and call support."
    ),
    "vault.in_use": N_(
        "This vault is already open in another window since {since}. Nothing was changed. "
        "Use that window, or close it first."
    ),
    "vault.locked": N_(
        "The vault was locked meanwhile. What was saved before is kept; this was not done. Unlock the vault and try again."
    ),
    "vault.exists": N_("There is already something at this place. Nothing was changed. Choose an empty or new folder."),
    "vault.missing": N_("There is no vault at this place. Nothing was changed. Check the path."),
    "vault.not_readable": N_(
        "Panoh may not read or write this place. Nothing was changed. Check the path and the rights of the folder."
    ),
    "vault.weak_passphrase": N_(
        "This passphrase is too easy to guess. Nothing was changed. "
        "Use five or more words, or at least {least} characters that no one would guess."
    ),
    "vault.user_exists": N_("There is already a user of this name. Nothing was changed. Choose another name."),
    "vault.no_such_role": N_(
        "There is no role called {role}. Nothing was changed. The roles are caseworker and supervisor."
    ),
    "vault.bad_device": N_(
        "This device code cannot stand in a number that people say. Nothing was changed. "
        "Take three or four digits or Latin letters, without I, L, O and U."
    ),
    "vault.last_head": N_(
        "Somebody has to be head of office, and there is nobody else. Nothing was changed. Make another user head of office first."
    ),
    "vault.choose_passphrase": N_(
        "Your passphrase was handed to you by somebody who knows it. Nothing was opened. Choose your own first: "
        "unlock in the window, or run panoh-cli user passphrase."
    ),
    "vault.yourself": N_("Nobody takes their own access away. Nothing was changed. Another head of office can do it."),
    "vault.same_passphrase": N_(
        "This is the passphrase that was handed to you. Nothing was changed. Choose one that only you know."
    ),
    "vault.no_such_user": N_("This vault has no user of this name. Nothing was changed. Check how the name is spelt."),
    "journal.emptied": N_(
        "{count} entries of the journal have lost what they said, and nobody was erased who would explain it. "
        "Somebody has changed this vault outside Panoh. Keep it as it is and tell support."
    ),
    "journal.broken": N_(
        "The journal does not fit from entry {entry} on: someone or something changed the vault outside of Panoh. "
        "Nothing was changed now. Keep this vault as it is and tell your supervisor."
    ),
    "vault.plaintext": N_(
        "The store wrote an unencrypted file and stopped at once. Do not use this computer for the vault; call support."
    ),
    "backup.unreadable": N_(
        "The backup could not be read back ({found}), so it does not count. The vault is untouched. "
        "Try another place, and check the disk or the stick."
    ),
    "backup.other_key": N_(
        "The backup {backup} was made under other keys: the vault's keys were changed since. Nothing was changed. "
        "It still opens with the passphrases of its day; try it with “restore” into a new folder."
    ),
    "backup.none": N_("There is no backup of this vault here yet. Nothing was changed. Make one first."),
    "backup.not_first": N_(
        "The backup that comes before this could not be made. {why} Nothing else was changed. "
        "Put that right and do it again, or go on without a backup."
    ),
    "backup.place_missing": N_(
        "The second place for backups is not there: {place}. The vault and its own backups are untouched. "
        "Plug the stick in and try again, or choose another place in Settings."
    ),
    "vault.read_only": N_(
        "The vault is damaged and open to be read only, so this was not kept. Nothing was changed. "
        "Lock it and put the newest good backup back before anything is written."
    ),
    "backup.not_this": N_(
        "The backup {backup} does not come back whole, or is not of this vault. Nothing was changed. Choose another one."
    ),
    "disk.full": N_(
        "The disk is full. Everything saved before is kept; the last change was not saved. Free some space and save again."
    ),
    "disk.failed": N_(
        "The disk or the stick does not answer. Everything saved before is kept as far as the disk holds it; the last change was not saved. "
        "Check that it is plugged in, then make a backup to another disk."
    ),
    "file.missing": N_("This file was not found: {name}. Nothing was changed."),
    "file.no_passphrase": N_(
        "No passphrase could be read from this file: {name}. Nothing was changed. "
        "Save the passphrase alone in it, as plain text (UTF-8)."
    ),
    "file.not_written": N_(
        "The file {name} could not be written at this place. Nothing half written lies there. "
        "Is the folder still there, is the stick still in? Choose a place and save again."
    ),
    "file.unreadable": N_(
        "This file could not be read as {kind}: {name}. Nothing was imported. "
        "Open it in a spreadsheet program and save it again as csv (UTF-8) or xlsx."
    ),
    "file.too_large": N_(
        "This file needs more memory or time than Panoh allows ({name}). Nothing was imported. Split it into smaller files."
    ),
    "file.no_columns": N_(
        "No column of this file has a name that Panoh knows. Nothing was imported. "
        "The first row must hold the column names; --map THEIRS=OURS renames them."
    ),
    "import.strict": N_("{refused} rows were refused, and --strict was asked for. Nothing was imported."),
    "import.interrupted": N_("The import was stopped. Nothing of it was kept."),
    "import.map": N_("--map wants THEIRS=OURS with a column that Panoh knows, not {text}. Nothing was imported."),
    "import.not_before": N_(
        "No list with these columns was brought in before with a reading of its own. Nothing was imported. "
        "Say how to read it with --map and --dates."
    ),
    "import.dates": N_(
        "--dates wants COLUMN=ORDER,CALENDAR, where the column is birth_date or arrival_date, the order day-first, month-first or "
        "year-day-month and the calendar gregorian, solar or lunar, not {text}. Nothing was imported."
    ),
    "person.not_found": N_(
        "There is no person or case with this number: {number}. Check the number; its last sign guards against typing errors."
    ),
    "site.not_found": N_(
        "There is no site called {site}. Nothing was changed. Check the name, or give the number of the site."
    ),
    "merge.with_itself": N_("A record cannot be joined to itself. Nothing was changed. Choose another record."),
    "merge.already": N_(
        "One of these records is joined to another one already. Nothing was changed. Open the list again."
    ),
    "merge.by_role": N_(
        "One of these records holds facts that are shown by role, so only who may see them can join the two. "
        "Nothing was changed. Take both cases, or ask a supervisor."
    ),
    "merge.lowers": N_(
        "Joined, these records would have a lower risk level than one of them has now. Nothing was changed. "
        "Keep the facts that raise the level, or ask a supervisor."
    ),
    "merge.undone": N_("These records were taken apart already. Nothing was changed."),
    "paper.none_gone": N_(
        "No paper of this person is recorded as lost, destroyed or taken away. Nothing was made. Record what became of the papers first."
    ),
    "paper.not_to_them": N_(
        "A letter about this person may not go to this recipient: no consent is recorded, or it would not be safe. "
        "Nothing was made. Ask the person, or a supervisor."
    ),
    "picture.unreadable": N_(
        "This is no picture that Panoh can read: {name}. Nothing was taken in. Save it as JPEG or PNG and try again."
    ),
    "picture.too_large": N_(
        "This file is larger than Panoh takes in: {name}. Nothing was taken in. Make it smaller, or take the photo anew with fewer pixels."
    ),
    "attachment.reason_needed": N_(
        "A copy leaves the vault with a reason only, which is recorded. Write what it is for."
    ),
    "attachment.not_pdf": N_("This is no PDF: {name}. Nothing was taken in. Save it as PDF, or take a photo of it."),
    "undo.not_this": N_("This cannot be taken back on its own. Nothing was changed. Correct the record instead."),
    "undo.changed_since": N_(
        "Something of this was changed or used since, so it was not taken back. Nothing was changed. Correct the record instead."
    ),
    "record.not_found": N_("This record is not in the vault any more. Nothing was changed. Open the list again."),
    "access.denied": N_("Your role may not do this. Nothing was changed. Ask a supervisor."),
    "aside.already": N_("This record was set aside or joined to another one already. Nothing was changed."),
    "aside.not_there": N_("This record is not set aside any more. Nothing was changed. Look at the list again."),
    "aside.too_late": N_(
        "This record was set aside more than {days} days ago and is not brought back by this list. Nothing was changed. "
        "It stays as it is until two people decide to erase it."
    ),
    "erase.asked": N_("Somebody has asked for this already. Nothing was changed. Look under Settings."),
    "erase.same_person": N_(
        "Erasing takes two people, and you are the one who asked. Nothing was erased. "
        "Another supervisor or the head of office agrees, after their own unlocking."
    ),
    "erase.gone": N_(
        "This record is not there on its own any more: it was joined to another one, or is erased. Nothing was changed."
    ),
    "erase.places": N_(
        "{count} other places hold this name and nobody has decided about them yet. Nothing was erased. "
        "Say of each whether the name goes or stays, and why it stays."
    ),
    "erase.named_reason": N_(
        "A reason that stays must not hold the name that is to go. Nothing was erased. Write it without the name."
    ),
    "case.closed": N_("This case is closed already. Nothing was changed."),
    "case.open": N_("This case is open already. Nothing was changed."),
    "case.why": N_("Say why, in a few words. Nothing was changed."),
    "approval.own": N_(
        "You asked for this yourself, so somebody else has to decide. Nothing was changed. Another supervisor decides, or a "
        "paper that one signs is keyed in."
    ),
    "approval.decided": N_("This was decided, or taken back, already. Nothing was changed. Look at what was decided."),
    "approval.done": N_(
        "What this paper decided was done and cannot be taken back here: the shield is down. Nothing was changed. "
        "Put the shield up again in the record."
    ),
    "paper.unreadable": N_(
        "This is no number of a paper. Nothing was kept. Type the export number, the check code and the digit, for example "
        "A4K7-T29 K7M4-E2 1. Only the digits 2 to 9 and A E K M T stand in codes."
    ),
    "paper.no_check_code": N_(
        "The check code is missing. Nothing was kept. It stands large at the foot of the first page, for example K7M4-E2."
    ),
    "paper.no_number": N_(
        "No case summary with the number {number} was made in this vault. Nothing was kept. Read it again, at the foot of "
        "each page; a paper of another laptop is keyed in there."
    ),
    "paper.other_number": N_(
        "No case summary with the number {number} was made here, but the check code {check} is that of {other}. Nothing was "
        "kept. Read the number again."
    ),
    "paper.check_code": N_(
        "The number {number} is right, but {check} is not the check code of that paper. Nothing was kept. Read the check code "
        "again: it belongs to this paper alone."
    ),
    "paper.check_unknown": N_(
        "No case summary of this vault has the check code {check}. Nothing was kept. Read it again, or type the export number "
        "before it."
    ),
    "paper.several": N_(
        "More than one case summary has the check code {check}. Nothing was kept. Type the export number before it."
    ),
    "case.second": N_(
        "You hold this case, or held it before, so somebody else decides about closing it. Nothing was changed. "
        "Ask another supervisor."
    ),
    "best.decided": N_("This was decided already and stays as it is. Nothing was changed. Begin a new one instead."),
    "transfer.ask": N_(
        "The case stays with you until the colleague takes it. Nothing was changed. Ask them: record, Case, Transfer."
    ),
    "transfer.over": N_("This was answered or taken back already, or the case went to another. Nothing was changed."),
    "retention.months": N_("Cases are kept from {least} to {most} months after closing. Nothing was changed."),
    "seal.empty": N_("There is nothing to seal yet. Nothing was kept. Write what is to be sealed."),
    "seal.reason_needed": N_(
        "Reading what is sealed needs a reason, which is recorded. Nothing was opened. Write why you need it."
    ),
    "seal.no_key": N_(
        "This was sealed before you might read it, and its key has not reached you yet. Nothing was opened. "
        "It comes by itself when a supervisor unlocks this vault."
    ),
    "seal.damaged": N_(
        "What is sealed here was changed outside Panoh and does not open. The rest is as it was. Tell support."
    ),
    "shield.withheld": N_(
        "This record is shown to supervisors and to whoever holds the case. Nothing was changed. Ask a supervisor."
    ),
    "shield.holds": N_("A shield is up over this person already. Nothing was changed."),
    "shield.none": N_("No shield is up over this person. Nothing was changed."),
    "shield.asked": N_("Taking this shield down was asked for already. A second person decides. Nothing was changed."),
    "shield.not_asked": N_(
        "Nobody asked to take this shield down. Nothing was changed. Ask first, and give the reason."
    ),
    "shield.same_person": N_(
        "You asked for this yourself, so somebody else has to agree. Nothing was changed. Ask another supervisor."
    ),
    "shield.recipient": N_(
        "Nothing about this person goes to an authority or names a State. No paper was made. Choose another recipient."
    ),
    "referral.consent": N_(
        "There is no yes of this person for this recipient. Nothing was sent. Ask the person, or ask a supervisor, who may "
        "refer without it and say why."
    ),
    "referral.refused": N_(
        "This person said no to this recipient. Nothing was sent. Only a supervisor goes past that, when a life is at stake, and says why."
    ),
    "referral.not_to_them": N_(
        "A slip about this person does not go to this recipient. Nothing was sent. Ask a supervisor for another way."
    ),
    "referral.not_told": N_("This fact does not stand on a slip for this recipient. Nothing was sent. Leave it out."),
    "referral.leaks": N_(
        "{count} words on this slip give somebody away. Nothing was made. Take the referral back and make it with other words."
    ),
    "referral.over": N_("This referral is over: it was taken back or is done. Nothing was changed."),
    "referral.not_found": N_("There is no referral with this reference that you may read. Check every sign."),
    "access.head": N_("Only the head of office may do this. Nothing was changed. Ask them."),
    "access.invalid": N_(
        "The table of who may what could not be read: {found}. Put {file} right or install Panoh again."
    ),
    "selfcheck.failed": N_(
        "The self-check failed at this step: {step}. No vault of yours was touched. Install Panoh again, or tell support."
    ),
    "rules.invalid": N_("The triage rules could not be read: {problem}. Triage is off until {file} is put right."),
    "casework.invalid": N_(
        "The times of casework could not be read: {problem}. Put {file} right or install Panoh again."
    ),
    "vocab.invalid": N_("A code list could not be read: {problem}. Put {file} right or install Panoh again."),
    "bug": N_(
        "Something went wrong inside Panoh. Everything saved before is kept; this was not done. Try again, and tell support."
    ),
    "cancelled": N_("Stopped. Nothing of it was kept."),
}


class AppError(Exception):
    """Something in the user's world went wrong: told in a sentence, never as a traceback."""

    def __init__(self, code: str, **params: object) -> None:
        if code not in SENTENCES:
            raise KeyError(f"no sentence for error code {code}")
        self.code = code
        self.params = params
        super().__init__(code)

    def sentence(self) -> str:
        """What happened, what was kept and what to do, in the language of the window."""
        return gettext(SENTENCES[self.code]).format(**self.params)

    def __str__(self) -> str:
        return self.sentence()


class FieldProblem(ValueError):
    """A value that a form or an import row cannot take; `field` says where, the text says why."""

    def __init__(self, field: str, text: str) -> None:
        self.field = field
        self.text = text
        super().__init__(text)


class FormProblems(Exception):
    """A form that cannot be saved as it stands; every problem at once, in the order of the form."""

    def __init__(self, problems: list[FieldProblem]) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.field for problem in problems))
