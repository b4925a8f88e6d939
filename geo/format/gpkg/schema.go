package gpkg

// schema makes the tables that every GeoPackage has, and those for styles and origin.
const schema = `
create table gpkg_spatial_ref_sys (
  srs_name text not null, srs_id integer primary key, organization text not null,
  organization_coordsys_id integer not null, definition text not null, description text);
create table gpkg_contents (
  table_name text not null primary key, data_type text not null, identifier text unique, description text default '',
  last_change datetime not null default (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x double, min_y double, max_x double, max_y double, srs_id integer,
  constraint fk_gc_r_srs_id foreign key (srs_id) references gpkg_spatial_ref_sys(srs_id));
create table gpkg_geometry_columns (
  table_name text not null, column_name text not null, geometry_type_name text not null,
  srs_id integer not null, z tinyint not null, m tinyint not null,
  constraint pk_geom_cols primary key (table_name, column_name), constraint uk_gc_table_name unique (table_name),
  constraint fk_gc_tn foreign key (table_name) references gpkg_contents(table_name),
  constraint fk_gc_srs foreign key (srs_id) references gpkg_spatial_ref_sys (srs_id));
create table gpkg_extensions (
  table_name text, column_name text, extension_name text not null, definition text not null, scope text not null,
  constraint ge_tce unique (table_name, column_name, extension_name));
create table gpkg_data_columns (
  table_name text not null, column_name text not null, name text, title text, description text, mime_type text, constraint_name text,
  constraint pk_gdc primary key (table_name, column_name), constraint gdc_tn unique (table_name, name));
create table gpkg_data_column_constraints (
  constraint_name text not null, constraint_type text not null, value text,
  min numeric, min_is_inclusive boolean, max numeric, max_is_inclusive boolean, description text,
  constraint gdcc_ntv unique (constraint_name, constraint_type, value));
create table layer_styles (
  id integer primary key autoincrement not null, f_table_catalog text(256), f_table_schema text(256), f_table_name text(256),
  f_geometry_column text(256), styleName text(30), styleQML text, styleSLD text, useAsDefault boolean, description text,
  owner text(30), ui text(30), update_time datetime);
create table provenance (
  id integer primary key autoincrement not null, layer text not null, name text not null, title text not null, value text not null);
insert into gpkg_spatial_ref_sys values
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system');
insert into gpkg_extensions values
  ('gpkg_data_columns', null, 'gpkg_schema', 'http://www.geopackage.org/spec/#extension_schema', 'read-write'),
  ('gpkg_data_column_constraints', null, 'gpkg_schema', 'http://www.geopackage.org/spec/#extension_schema', 'read-write');
`

// identity marks the file as a GeoPackage: the numbers are GPKG and 1.3.
const identity = `
pragma application_id = 0x47504B47;
pragma user_version = 10300;
`

// pragmas: the file is new and private until it is complete, so nothing needs to
// survive a crash.
const pragmas = `
pragma page_size = 4096;
pragma journal_mode = off;
pragma synchronous = off;
pragma locking_mode = exclusive;
pragma cache_size = -4000;
pragma temp_store = memory;
`

// triggers keep the R-tree right when somebody edits the file, as extension F.3 of
// the standard wants them. The placeholders are %[1]s the table, %[2]s the R-tree, both quoted,
// and %[3]s the name of the R-tree, unquoted but with doubled quotes.
const triggers = `
create trigger "%[3]s_insert" after insert on %[1]s when (new.geom not null and not ST_IsEmpty(new.geom))
begin insert or replace into %[2]s values (new.fid, ST_MinX(new.geom), ST_MaxX(new.geom), ST_MinY(new.geom), ST_MaxY(new.geom)); end;
create trigger "%[3]s_update1" after update of geom on %[1]s when old.fid = new.fid and (new.geom not null and not ST_IsEmpty(new.geom))
begin insert or replace into %[2]s values (new.fid, ST_MinX(new.geom), ST_MaxX(new.geom), ST_MinY(new.geom), ST_MaxY(new.geom)); end;
create trigger "%[3]s_update2" after update of geom on %[1]s when old.fid = new.fid and (new.geom is null or ST_IsEmpty(new.geom))
begin delete from %[2]s where id = old.fid; end;
create trigger "%[3]s_update3" after update on %[1]s when old.fid != new.fid and (new.geom not null and not ST_IsEmpty(new.geom))
begin delete from %[2]s where id = old.fid; insert or replace into %[2]s values (new.fid, ST_MinX(new.geom), ST_MaxX(new.geom), ST_MinY(new.geom), ST_MaxY(new.geom)); end;
create trigger "%[3]s_update4" after update on %[1]s when old.fid != new.fid and (new.geom is null or ST_IsEmpty(new.geom))
begin delete from %[2]s where id in (old.fid, new.fid); end;
create trigger "%[3]s_delete" after delete on %[1]s when old.geom not null
begin delete from %[2]s where id = old.fid; end;
`
