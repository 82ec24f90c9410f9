-- One database and one restricted user per service; run once by the MariaDB image on an empty volume.

CREATE DATABASE client_db CHARACTER SET utf8mb4;
CREATE USER 'client_service'@'%' IDENTIFIED BY 'client_service';
GRANT ALTER, CREATE, CREATE TEMPORARY TABLES, DELETE, DROP, INDEX, INSERT, REFERENCES, SELECT, UPDATE ON client_db.* TO 'client_service'@'%';

CREATE DATABASE facture_db CHARACTER SET utf8mb4;
CREATE USER 'facture_service'@'%' IDENTIFIED BY 'facture_service';
GRANT ALTER, CREATE, CREATE TEMPORARY TABLES, DELETE, DROP, INDEX, INSERT, REFERENCES, SELECT, UPDATE ON facture_db.* TO 'facture_service'@'%';

CREATE DATABASE paiement_db CHARACTER SET utf8mb4;
CREATE USER 'paiement_service'@'%' IDENTIFIED BY 'paiement_service';
GRANT ALTER, CREATE, CREATE TEMPORARY TABLES, DELETE, DROP, INDEX, INSERT, REFERENCES, SELECT, UPDATE ON paiement_db.* TO 'paiement_service'@'%';

CREATE DATABASE notification_db CHARACTER SET utf8mb4;
CREATE USER 'notification_service'@'%' IDENTIFIED BY 'notification_service';
GRANT ALTER, CREATE, CREATE TEMPORARY TABLES, DELETE, DROP, INDEX, INSERT, REFERENCES, SELECT, UPDATE ON notification_db.* TO 'notification_service'@'%';

CREATE DATABASE batch_db CHARACTER SET utf8mb4;
CREATE USER 'batch'@'%' IDENTIFIED BY 'batch';
GRANT ALTER, CREATE, CREATE TEMPORARY TABLES, DELETE, DROP, INDEX, INSERT, REFERENCES, SELECT, UPDATE ON batch_db.* TO 'batch'@'%';
