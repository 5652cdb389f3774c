#!/bin/sh
# Makes the service's role and database when the cluster is made. Patroni gives a superuser's URL.
set -eu
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --set password="$SHOPXO_PASSWORD" --dbname "$1" <<'SQL'
CREATE ROLE shopxo LOGIN PASSWORD :'password';
CREATE DATABASE shopxo OWNER shopxo;
SQL
