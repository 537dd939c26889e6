-- A role for Plumbline in your own database: it can read the two tables of the ledger, and nothing
-- else. Plumbline sets its sessions to read-only itself; this role makes the database insist on it.
--
-- Run it once, in the database that holds the ledger, as the owner of the tables or a superuser.
-- Works from PostgreSQL 13 on. Edit the places marked EDIT, then run the file with any client:
--
--     psql "postgresql://owner@host/trading" -f read-only-role.sql

BEGIN;

-- EDIT: the password. To keep it out of the server's log and the client's history, leave this one
-- out and set it afterwards with psql's \password plumbline_reader.
CREATE ROLE plumbline_reader LOGIN PASSWORD 'change-me';

-- Plumbline holds two connections and a third only to cancel or to recover. The server refuses a
-- fourth, whatever happens.
ALTER ROLE plumbline_reader CONNECTION LIMIT 3;

-- Defaults of each session of this role. They are a second lock: the privileges below are the first.
ALTER ROLE plumbline_reader SET default_transaction_read_only = on;
ALTER ROLE plumbline_reader SET statement_timeout = '5s';
ALTER ROLE plumbline_reader SET idle_in_transaction_session_timeout = '10s';

DO $$
BEGIN
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO plumbline_reader', current_database());
END
$$;

-- EDIT: the schema and the names of the tables (or views with the same column names). Leave
-- live_trades out when your system has none.
GRANT USAGE ON SCHEMA public TO plumbline_reader;
GRANT SELECT ON public.paper_trades TO plumbline_reader;
GRANT SELECT ON public.live_trades TO plumbline_reader;

-- OPTIONAL: lets the System view show how busy the server is (states and waits of all sessions).
-- It also shows the text of other roles' queries. Without it that view shows fewer figures.
-- GRANT pg_read_all_stats TO plumbline_reader;

-- OPTIONAL: up to PostgreSQL 14 every role may create tables in the schema public, and in every
-- version every role may create temporary tables. Both rights come from PUBLIC, so they can only be
-- taken from all roles together; grant them again to the roles that need them, your trading system
-- perhaps among them.
-- REVOKE CREATE ON SCHEMA public FROM PUBLIC;
-- DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;

COMMIT;
