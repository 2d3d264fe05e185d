"""Azure Database for MySQL and MariaDB: flexible servers, and what remains of single servers.

All are encrypted at rest. Backups that are geographically redundant are in the paired region
(https://learn.microsoft.com/azure/mysql/flexible-server/concepts-backup-restore), encrypted there
with a key of their own.
"""

from __future__ import annotations

from ._servers import flexible, single

flexible_server = flexible(
    "azure.mysql.flexible_server",
    namespace="Microsoft.DBforMySQL",
    source="https://learn.microsoft.com/rest/api/mysql/servers/list",
)

single_server = single(
    "azure.mysql.single_server",
    namespace="Microsoft.DBforMySQL",
    source="https://learn.microsoft.com/azure/mysql/migrate/whats-happening-to-mysql-single-server",
)

mariadb_server = single(
    "azure.mariadb.server",
    namespace="Microsoft.DBforMariaDB",
    source="https://learn.microsoft.com/azure/mariadb/whats-happening-to-mariadb",
)
