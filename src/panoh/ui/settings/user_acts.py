"""What the part 'Users' of Settings does, and the own passphrase: each asks in a small form and says what follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.base.progress import Progress
from panoh.domain.cases import User
from panoh.domain.vocabulary import Vocabulary
from panoh.services import users
from panoh.services.desk import Changes
from panoh.services.passphrases import new_passphrase
from panoh.services.users import UserLine
from panoh.services.vault import OpenVault
from panoh.ui.settings.user_panel import UserPanel
from panoh.ui.settings.users import AddUserDialog
from panoh.ui.style import set_role
from panoh.ui.tasks import STORE, TaskRunner
from panoh.ui.theme import look
from panoh.ui.widgets.choices import RadioChoice
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.passphrase import PassphraseField
from panoh.ui.widgets.small_form import SmallForm
from panoh.ui.widgets.text_box import TextBox

_FIELD_OF = {"vault.wrong_passphrase": "old", "vault.weak_passphrase": "passphrase"}


class Ways(Protocol):
    """What the window does around a change of the vault's key."""

    def keep_drafts(self) -> None:
        """Write what is half typed into the vault."""

    def lock(self, words: str) -> None:
        """Show Unlock with these words; the vault is closed already."""


class RoleForm(SmallForm):
    """Another role for a user."""

    def __init__(self, parent: QWidget, line: UserLine, roles: Vocabulary) -> None:
        words = _("What is sealed opens for supervisors and for nobody who is none any more, from now on.")
        super().__init__(parent, _("Role of {name}").format(name=line.user.name), words, _("Give this role"))
        choices = [(term.code, roles.label(term.code), term.definition) for term in roles.offers()]
        self.form.add("role", FieldRow(_("Role"), RadioChoice(choices)))
        self.form.finish()
        self.set_value("role", line.user.role)


class PassphraseForm(SmallForm):
    """Another passphrase for oneself."""

    def __init__(self, parent: QWidget) -> None:
        words = _(
            "The old one opens older backups, and through their key this vault, until the head of office changes the vault's key."
        )
        super().__init__(parent, _("Change my passphrase"), words, _("Change it"))
        self.old, self.new, self.again = PassphraseField(), PassphraseField(), PassphraseField()
        self.form.add("old", FieldRow(_("Passphrase until now"), self.old))
        hint = _("One that was made for you: {words}").format(words=new_passphrase())
        self.form.add("passphrase", FieldRow(_("New passphrase"), self.new, hint=hint))
        self.form.add("again", FieldRow(_("The same once more"), self.again))
        self.form.finish()

    def values(self) -> dict[str, str]:
        """What was typed."""
        return {"old": self.old.text(), "passphrase": self.new.text(), "again": self.again.text()}


class SureForm(SmallForm):
    """Says what follows, and asks once."""

    def __init__(self, parent: QWidget, title: str, words: str, act: str) -> None:
        super().__init__(parent, title, words, act)
        self.form.finish()


class PaperForm(SmallForm):
    """The new recovery text, to be written down and typed back from the paper."""

    def __init__(self, parent: QWidget, text: str) -> None:
        words = _(
            "The paper before this one opens nothing any more. Write this text on paper, then type it from the paper: "
            "it is shown only now. Keep the paper away from this computer."
        )
        super().__init__(parent, _("The new recovery text"), words, _("Try what I typed"))
        shown = QPlainTextEdit(text)
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        set_role(shown, "title bold")
        shown.setAccessibleName(_("Recovery text"))
        shown.setFixedHeight(2 * look().line_height("title") + 20)
        self.form.add_widget(shown)
        typed = TextBox(2)
        typed.entered.connect(self.act.click)
        self.form.add("typed", FieldRow(_("Typed from the paper"), typed))
        self.form.add_widget(plain_label(_("Capitals, spaces and line breaks do not matter."), "secondary"))
        self.form.finish()


class UserActs:
    """The presenter of the panel."""

    def __init__(
        self,
        panel: UserPanel,
        note: NoteBar,
        opened: OpenVault,
        runner: TaskRunner,
        changed: Callable[[Changes], object],
        ways: Ways,
    ) -> None:
        self._panel, self._note, self._vault, self._runner = panel, note, opened, runner
        self._changed, self._ways = changed, ways
        self._roles = opened.desk.vocabularies["role"]
        self.dialog: SmallForm | AddUserDialog | None = None
        panel.add_asked.connect(self.add)
        panel.role_asked.connect(self.change_role)
        panel.remove_asked.connect(self.remove)
        panel.paper_asked.connect(self.new_paper)
        panel.key_asked.connect(self.change_key)

    def read(self) -> None:
        """Show who is let in."""
        self._runner.start(
            lambda _progress: users.listed(self._vault),
            lambda lines: self._panel.show_users(lines, self._roles, self._vault.desk.user.id),
            lambda error: self._note.say(error.sentence()),
            owner=self._panel,
        )

    def add(self) -> None:
        """Ask for name and role; the passphrase on offer is told to the user."""
        dialog = AddUserDialog(self._roles, new_passphrase, self._panel)

        def submit(name: str, passphrase: str, role: str) -> None:
            def added(user: User) -> None:
                dialog.accept()
                words = _(
                    "{name} can unlock this vault now with the passphrase that was shown, and will then choose their own."
                )
                self._done(words.format(name=user.name))

            self._runner.start(
                lambda _progress: users.add(self._vault, name, passphrase, role), added, dialog.failed, owner=dialog
            )

        self.dialog = dialog
        dialog.submitted.connect(submit)
        dialog.open()

    def change_role(self, line: UserLine) -> None:
        """Ask for the role."""
        form = RoleForm(self._panel, line, self._roles)
        words = _("{name} has another role now.").format(name=line.user.name)
        self._ask(form, lambda told: users.change_role(self._vault, line.user.id, told["role"]), words)

    def change_passphrase(self) -> None:
        """Ask for the old one and twice for the new one."""
        form = PassphraseForm(self._panel.window())

        def change(told: dict[str, str]) -> None:
            problems = _missing(told)
            form.show_problems(problems)
            if not problems:
                self._start(
                    form,
                    lambda: users.change_passphrase(self._vault, told["old"], told["passphrase"]),
                    _("Your new passphrase opens this vault; the old one does not."),
                )

        self._open(form, change)

    def new_paper(self) -> None:
        """Ask once, then show the new text until it was typed back."""
        words = _("The recovery paper of today opens nothing any more then. You need a pen and paper now.")
        form = SureForm(self._panel, _("Make a new recovery paper?"), words, _("Make it"))

        def make(_told: dict[str, str]) -> None:
            def made(text: str) -> None:
                form.accept()
                self._write_down(text)

            self._runner.start(lambda _progress: users.new_paper(self._vault), made, form.fail, owner=form)

        self._open(form, make)

    def _write_down(self, text: str) -> None:
        form = PaperForm(self._panel, text)

        def check(told: dict[str, str]) -> None:
            def checked(opens: bool) -> None:
                if not opens:
                    words = _("What was typed does not open the vault. Compare the paper with the text above.")
                    form.show_problems([FieldProblem("typed", words)])
                    return
                form.accept()
                self._done(_("The recovery paper opens this vault."))

            self._runner.start(
                lambda _progress: users.paper_opens(self._vault, told["typed"]), checked, form.fail, owner=form
            )

        self._open(form, check)

    def remove(self, line: UserLine) -> None:
        """Say what follows, ask once, then do it: the vault is locked afterwards."""
        cases = ngettext("Their {n} case becomes nobody's.", "Their {n} cases become nobody's.", line.cases)
        words = _(
            "{name} cannot unlock this vault any more, and the vault gets another key. {cases} It takes as long as a backup, and "
            "this vault is locked afterwards. Backups made before still open for them: keep those out of their hands."
        ).format(name=line.user.name, cases=cases.format(n=number(line.cases)))
        form = SureForm(self._panel, _("Remove access?"), words, _("Remove it"))
        self._rekey(form, lambda progress: users.remove(self._vault, line.user.id, progress))

    def change_key(self) -> None:
        """Say what follows, ask once, then do it: the vault is locked afterwards."""
        words = _(
            "Older key files and backups then lead no more into this vault, whoever has them. Passphrases and the recovery paper "
            "stay as they are. It takes as long as a backup, and this vault is locked afterwards."
        )
        form = SureForm(self._panel, _("Change the vault's key?"), words, _("Change it"))
        self._rekey(form, lambda progress: users.change_key(self._vault, progress))

    def _rekey(self, form: SmallForm, work: Callable[[Progress], list[User]]) -> None:
        def failed(error: AppError) -> None:
            if self._vault.closed:  # the user is out; the key is changed at the next unlocking
                form.accept()
                self._ways.lock(error.sentence())
            else:
                form.act.setEnabled(True)
                form.fail(error)

        def done(lost: list[User]) -> None:
            form.accept()
            self._rekeyed(lost)

        def go(_told: dict[str, str]) -> None:
            form.act.setEnabled(False)
            form.note.say(_("This takes a moment, and the vault is locked then. Leave the computer on."))
            self._ways.keep_drafts()
            self._runner.start(work, done, failed, owner=form, lane=STORE)

        self._open(form, go)

    def _rekeyed(self, lost: Sequence[User]) -> None:
        words = _("The vault has another key. Unlock it again with your passphrase.")
        if lost:
            names = ", ".join(user.name for user in lost)
            told = _("These users have to be let in again, because they did not unlock since an older Panoh: {names}.")
            words += " " + told.format(names=names)
        self._ways.lock(words)

    # --- asking ------------------------------------------------------------------------------------------------------

    def _ask(self, form: SmallForm, work: Callable[[dict[str, str]], object], words: str) -> None:
        self._open(form, lambda told: self._start(form, lambda: work(told), words))

    def _open(self, form: SmallForm, act: Callable[[dict[str, str]], object]) -> None:
        self.dialog = form
        form.wanted.connect(act)
        form.open()

    def _start(self, form: SmallForm, work: Callable[[], object], words: str) -> None:
        def done(_result: object) -> None:
            form.accept()
            self._done(words)

        self._runner.start(lambda _progress: work(), done, lambda error: _tell(form, error), owner=form)

    def _done(self, words: str) -> None:
        self._note.say(words)
        self.read()
        self._changed(Changes(frozenset({"User"})))


def _missing(told: dict[str, str]) -> list[FieldProblem]:
    problems = [FieldProblem("old", _("Type the passphrase until now"))] if not told["old"].strip() else []
    if not told["passphrase"].strip():
        problems.append(FieldProblem("passphrase", _("Type a new passphrase")))
    elif told["passphrase"] != told["again"]:
        problems.append(FieldProblem("again", _("The two passphrases differ: type the same one twice")))
    return problems


def _tell(form: SmallForm, error: AppError) -> None:
    field = _FIELD_OF.get(error.code, "")
    if field in form.form.rows:
        form.show_problems([FieldProblem(field, error.sentence())])
    else:
        form.fail(error)
