"""What a project file is made of, one migration after another; a released one is never edited."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from annotator.store.lean import Migrations

if TYPE_CHECKING:  # Loaded when a migration has to run.
    from sqlite_utils import Database

APPLICATION_ID = 0x414E4E4F
"""The bytes "ANNO" in the file's header: `file(1)` and we know a project by them."""

migrations = Migrations("annotator")


@migrations(name="0001_articles_annotations_history")
def _articles_annotations_history(db: Database) -> None:
    """Lay the tables of articles, scheme, annotations and history, their search index and views."""
    for statement in (*_TABLES, *_SEARCH, *_VIEWS):
        db.conn.execute(statement)


@migrations(name="0002_settled_suggestions")
def _settled_suggestions(db: Database) -> None:
    """Keep what became of a suggestion, and let the view of quotes say who speaks, not only who is named.

    Mentions of entities are counted from the index alone.
    """
    db.conn.execute(
        """
        alter table annotation add column settled text not null default ''
            check (settled in ('', 'unchanged', 'changed'))
        """
    )
    db.conn.execute("drop index annotation_entity")
    db.conn.execute(
        """
        create index annotation_entity on annotation (entity_id, state) where entity_id is not null
        """
    )
    db.conn.execute("drop view quotes")
    db.conn.execute(_QUOTES)


@migrations(name="0003_ends_in_the_index")
def _ends_in_the_index(db: Database) -> None:
    """Tell from the index alone which annotations of an article lie over some words."""
    db.conn.execute("drop index annotation_article")
    db.conn.execute(
        """
        create index annotation_article on annotation (article_id, start, state, "end")
        """
    )


@migrations(name="0004_words_in_the_index")
def _words_in_the_index(db: Database) -> None:
    """Tell from an index what some words are labelled, and where a label stands.

    Whole quotations are no words that anybody looks up, and would make the file half as large again.
    """
    db.conn.execute(
        "create index fragment_surface on fragment (surface) where length(surface) <= 80"
    )
    db.conn.execute(
        "create index annotation_label on annotation (label_id, state, article_id, start)"
    )


@migrations(name="0005_who_else_suggests")
def _who_else_suggests(db: Database) -> None:
    """Keep everybody who suggests the same, and count from an index what became of suggestions."""
    db.conn.execute(
        """
        alter table annotation add column also text not null default '[]' check (json_valid(also))
        """
    )
    db.conn.execute(
        """
        create index annotation_suggested on annotation (origin, label_id, state, settled, also)
            where origin not in ('hand', 'slot', 'import')
        """
    )


@migrations(name="0006_word_lists")
def _word_lists(db: Database) -> None:
    """Keep the words and patterns that people want suggested."""
    db.conn.execute(
        """
        create table word_list (
            id text primary key,
            name text not null unique check (name <> ''),
            label_id text not null,
            kind text not null default 'words' check (kind in ('words', 'pattern')),
            case_counts integer not null default 1 check (case_counts in (0, 1)),
            whole_words integer not null default 1 check (whole_words in (0, 1)),
            is_on integer not null default 1 check (is_on in (0, 1)),
            created text not null
        ) strict, without rowid
        """
    )
    db.conn.execute(
        """
        create table word_list_entry (
            id text primary key,
            list_id text not null references word_list (id) on delete cascade,
            words text not null check (words <> ''),
            entity text not null default ''
        ) strict, without rowid
        """
    )
    db.conn.execute("create index word_list_entry_list on word_list_entry (list_id, words)")


@migrations(name="0007_precedents")
def _precedents(db: Database) -> None:
    """Keep what was decided about some words, with its reason."""
    db.conn.execute(
        """
        create table precedent (
            id text primary key,
            words text not null check (words <> ''),
            label_id text references label (id),
            entity_id text references entity (id),
            reason text not null default '',
            annotator text not null references annotator (name) on update cascade,
            created text not null
        ) strict, without rowid
        """
    )
    db.conn.execute("create index precedent_words on precedent (words)")


@migrations(name="0008_articles_in_the_index")
def _articles_in_the_index(db: Database) -> None:
    """Tell from an index where and when articles were published, and how long they are.

    Whoever counts articles then need not read past their texts.
    """
    db.conn.execute("create index article_facts on article (id, source, published, state)")
    db.conn.execute("create index article_length on article (length(text))")


@contextmanager
def triggers_kept(db: Database, table: str) -> Iterator[None]:
    """Make the triggers of a table again afterwards: `transform` drops them with the old table."""
    triggers = [(trigger.name, trigger.sql) for trigger in db.table(table).triggers]
    yield
    for name, statement in triggers:
        db.conn.execute(f'drop trigger if exists "{name}"')
        db.conn.execute(statement)


_TABLES = (
    """
    create table project (
        name text primary key,
        value text not null
    ) strict, without rowid
    """,
    """
    create table annotator (
        name text primary key check (name <> ''),
        created text not null
    ) strict, without rowid
    """,
    """
    create table label (
        id text primary key check (id <> ''),
        name text not null unique check (name <> ''),
        key text not null default '',
        colour text not null,
        description text not null default '',
        "group" text not null default 'entities',
        attributes text not null default '[]' check (json_valid(attributes)),
        slots text not null default '[]' check (json_valid(slots)),
        position integer not null,
        retired integer not null default 0 check (retired in (0, 1))
    ) strict, without rowid
    """,
    """
    create table link_type (
        name text primary key check (name <> ''),
        from_labels text not null default '[]' check (json_valid(from_labels)),
        to_labels text not null default '[]' check (json_valid(to_labels)),
        description text not null default '',
        position integer not null
    ) strict, without rowid
    """,
    # An integer key as well as the id: the search index and the reading order need one.
    """
    create table article (
        position integer primary key,
        id text not null unique,
        title text not null default '',
        author text not null default '',
        published text not null default '',
        source text not null default '',
        url text not null default '',
        language text not null default '',
        state text not null default 'todo' check (state in ('todo', 'in_progress', 'done', 'flagged')),
        meta text not null default '{}' check (json_valid(meta)),
        sha256 text not null unique check (length(sha256) = 64),
        created text not null,
        text text not null
    ) strict
    """,
    "create index article_state on article (state, position)",
    """
    create trigger article_text_is_immutable before update of text, sha256 on article
    when old.text is not new.text or old.sha256 is not new.sha256
    begin
        select raise(abort, 'the text of an article never changes');
    end
    """,
    """
    create table entity (
        id text primary key,
        name text not null check (name <> ''),
        kind text not null default '',
        aliases text not null default '[]' check (json_valid(aliases)),
        gender text not null default 'unknown'
            check (gender in ('female', 'male', 'other', 'unknown', 'not applicable')),
        role text not null default '',
        external_id text not null default '',
        note text not null default ''
    ) strict, without rowid
    """,
    # Start and end are those of its fragments, kept here too so that one index gives text order.
    """
    create table annotation (
        id text primary key,
        article_id text not null references article (id) on delete cascade,
        label_id text not null references label (id),
        start integer not null,
        "end" integer not null,
        state text not null default 'accepted' check (state in ('accepted', 'suggested', 'rejected')),
        entity_id text references entity (id),
        attributes text not null default '{}' check (json_valid(attributes)),
        note text not null default '',
        annotator text not null references annotator (name) on update cascade,
        origin text not null default 'hand',
        score real,
        reason text not null default '',
        created text not null,
        updated text not null
    ) strict, without rowid
    """,
    "create index annotation_article on annotation (article_id, start, state)",
    "create index annotation_entity on annotation (entity_id) where entity_id is not null",
    """
    create table fragment (
        annotation_id text not null references annotation (id) on delete cascade,
        n integer not null check (n >= 0),
        start integer not null check (start >= 0),
        "end" integer not null,
        surface text not null,
        primary key (annotation_id, n),
        check ("end" > start and length(surface) <= "end" - start)
    ) strict, without rowid
    """,
    """
    create table link (
        id text primary key,
        type text not null check (type <> ''),
        from_id text not null references annotation (id) on delete cascade,
        to_id text not null references annotation (id) on delete cascade,
        annotator text not null references annotator (name) on update cascade,
        created text not null,
        unique (from_id, type, to_id),
        check (from_id <> to_id)
    ) strict, without rowid
    """,
    "create index link_to on link (to_id)",
    # Without a reference to the article: the time spent outlives it, so that an undo finds it again.
    """
    create table seconds (
        article_id text not null,
        annotator text not null references annotator (name) on update cascade,
        seconds real not null check (seconds >= 0),
        primary key (article_id, annotator)
    ) strict, without rowid
    """,
    # Undone ops wait for a redo; superseded ones were undone and then passed over by new work.
    """
    create table op (
        seq integer primary key,
        id text not null unique,
        article_id text,
        name text not null,
        annotator text not null,
        at text not null,
        state text not null default 'done' check (state in ('done', 'undone', 'superseded'))
    ) strict
    """,
    "create index op_state on op (state, seq)",
    """
    create table row_change (
        op_seq integer not null references op (seq),
        n integer not null,
        "table" text not null,
        row_id text not null,
        before text check (before is null or json_valid(before)),
        after text check (after is null or json_valid(after)),
        primary key (op_seq, n)
    ) strict, without rowid
    """,
)

_SEARCH = (
    """
    create virtual table article_search using fts5 (
        title, text, content='article', content_rowid='position',
        tokenize="unicode61 remove_diacritics 2"
    )
    """,
    """
    create trigger article_search_insert after insert on article begin
        insert into article_search (rowid, title, text) values (new.position, new.title, new.text);
    end
    """,
    """
    create trigger article_search_delete after delete on article begin
        insert into article_search (article_search, rowid, title, text)
        values ('delete', old.position, old.title, old.text);
    end
    """,
    """
    create trigger article_search_update after update of title on article begin
        insert into article_search (article_search, rowid, title, text)
        values ('delete', old.position, old.title, old.text);
        insert into article_search (rowid, title, text) values (new.position, new.title, new.text);
    end
    """,
)

_VIEWS = (
    """
    create view entities as
    select
        article.title as article,
        label.name as label,
        (
            select group_concat(surface, ' … ')
            from (select surface from fragment where annotation_id = annotation.id order by n)
        ) as text,
        entity.name as entity,
        annotation.start,
        annotation."end",
        annotation.note,
        annotation.annotator,
        annotation.state,
        annotation.created,
        annotation.article_id,
        annotation.id as annotation_id
    from annotation
    join article on article.id = annotation.article_id
    join label on label.id = annotation.label_id
    left join entity on entity.id = annotation.entity_id
    where json_array_length(label.slots) = 0
    order by article.position, annotation.start, annotation."end" desc
    """,
    """
    create view mention as
    select annotation.id as annotation_id, entity.name as entity, (
        select group_concat(surface, ' … ')
        from (select surface from fragment where annotation_id = annotation.id order by n)
    ) as text
    from annotation left join entity on entity.id = annotation.entity_id
    """,
    """
    create view quotes as
    select
        article.title as article,
        quote.text as content,
        (
            select group_concat(coalesce(mention.entity, mention.text), '; ')
            from link join mention on mention.annotation_id = link.to_id
            where link.from_id = annotation.id and link.type = 'source'
        ) as speaker,
        (
            select group_concat(mention.text, '; ')
            from link join mention on mention.annotation_id = link.to_id
            where link.from_id = annotation.id and link.type = 'source'
        ) as source,
        (
            select group_concat(mention.text, '; ')
            from link join mention on mention.annotation_id = link.to_id
            where link.from_id = annotation.id and link.type = 'cue'
        ) as cue,
        (
            select group_concat(mention.text, '; ')
            from link join mention on mention.annotation_id = link.to_id
            where link.from_id = annotation.id and link.type = 'addressee'
        ) as addressee,
        json_extract(annotation.attributes, '$.type') as type,
        label.name as label,
        annotation.start,
        annotation."end",
        annotation.annotator,
        annotation.state,
        annotation.article_id,
        annotation.id as annotation_id
    from annotation
    join article on article.id = annotation.article_id
    join label on label.id = annotation.label_id
    join mention as quote on quote.annotation_id = annotation.id
    where json_array_length(label.slots) > 0
    order by article.position, annotation.start, annotation."end" desc
    """,
)

_QUOTES = """
    create view quotes as
    select
        article.title as article,
        quote.text as content,
        coalesce(
            (
                select group_concat(coalesce(mention.entity, mention.text), '; ')
                from link join mention on mention.annotation_id = link.to_id
                where link.from_id = annotation.id and link.type = 'source'
            ),
            nullif(json_extract(annotation.attributes, '$.speaker'), 'entity')
        ) as speaker,
        (
            select group_concat(entity.gender, '; ')
            from link
            join annotation as mention on mention.id = link.to_id
            join entity on entity.id = mention.entity_id
            where link.from_id = annotation.id and link.type = 'source'
        ) as gender,
        (
            select group_concat(mention.text, '; ')
            from link join mention on mention.annotation_id = link.to_id
            where link.from_id = annotation.id and link.type = 'source'
        ) as source,
        (
            select group_concat(mention.text, '; ')
            from link join mention on mention.annotation_id = link.to_id
            where link.from_id = annotation.id and link.type = 'cue'
        ) as cue,
        (
            select group_concat(mention.text, '; ')
            from link join mention on mention.annotation_id = link.to_id
            where link.from_id = annotation.id and link.type = 'addressee'
        ) as addressee,
        json_extract(annotation.attributes, '$.type') as type,
        json_extract(annotation.attributes, '$."source kind"') as source_kind,
        label.name as label,
        annotation.start,
        annotation."end",
        annotation.annotator,
        annotation.state,
        annotation.origin,
        annotation.settled,
        annotation.article_id,
        annotation.id as annotation_id
    from annotation
    join article on article.id = annotation.article_id
    join label on label.id = annotation.label_id
    join mention as quote on quote.annotation_id = annotation.id
    where json_array_length(label.slots) > 0
    order by article.position, annotation.start, annotation."end" desc
"""
