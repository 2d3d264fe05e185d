-- DDL only
CREATE TABLE patient (
  id BIGSERIAL PRIMARY KEY,
  ipp VARCHAR(12),
  last_name TEXT,
  birth_date DATE,
  nir CHAR(15),
  created_at TIMESTAMP DEFAULT now()
);
CREATE INDEX idx_patient ON patient(id);

CREATE TABLE stay (
  id BIGSERIAL PRIMARY KEY,
  patient_id BIGINT REFERENCES patient(id),
  ward TEXT,
  principal_diagnosis VARCHAR(8),
  created_at TIMESTAMP DEFAULT now()
);
CREATE INDEX idx_stay ON stay(id);

CREATE TABLE lab_result (
  id BIGSERIAL PRIMARY KEY,
  patient_id BIGINT,
  loinc VARCHAR(10),
  value NUMERIC,
  unit TEXT,
  created_at TIMESTAMP DEFAULT now()
);
CREATE INDEX idx_lab_result ON lab_result(id);

CREATE TABLE prescription (
  id BIGSERIAL PRIMARY KEY,
  stay_id BIGINT,
  cip13 CHAR(13),
  dose TEXT,
  created_at TIMESTAMP DEFAULT now()
);
CREATE INDEX idx_prescription ON prescription(id);

CREATE TABLE vital_sign (
  id BIGSERIAL PRIMARY KEY,
  stay_id BIGINT,
  heart_rate INT,
  bp TEXT,
  created_at TIMESTAMP DEFAULT now()
);
CREATE INDEX idx_vital_sign ON vital_sign(id);

