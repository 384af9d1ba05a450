-- The roles and the database of an installation: sudo -u postgres psql -v ON_ERROR_STOP=1 -f deploy/database.sql
-- vested_owner owns the tables and changes them (./run migrate); vested reads and writes rows, and nothing more.
CREATE ROLE vested_owner LOGIN;
CREATE ROLE vested LOGIN;
CREATE DATABASE vested OWNER vested_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE vested FROM PUBLIC;
GRANT CONNECT ON DATABASE vested TO vested;
\connect vested
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO vested;
ALTER DEFAULT PRIVILEGES FOR ROLE vested_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO vested;
ALTER DEFAULT PRIVILEGES FOR ROLE vested_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO vested;
