package org.example.his.admission;

import java.time.LocalDate;
import java.util.*;

/** Handles admission, transfer and discharge of patients. */
public class AdmissionService {
    private final PatientRepository patients;
    private final BedManager beds;

    public AdmissionService(PatientRepository patients, BedManager beds) {
        this.patients = patients;
        this.beds = beds;
    }

    public Stay admit(String ipp, String diagnosisCode, Ward ward) {
        Patient patient = patients.findByIpp(ipp).orElseThrow(() -> new NotFound("patient"));
        if (!diagnosisCode.matches("[A-Z][0-9]{2}(\\.[0-9]+)?")) {
            throw new IllegalArgumentException("invalid ICD-10 code");
        }
        Bed bed = beds.firstFree(ward);
        Stay stay = new Stay(patient, bed, LocalDate.now());
        stay.setPrincipalDiagnosis(diagnosisCode);
        return stay;
    }

    public void recordVitals(Stay stay, int heartRate, int systolic, int diastolic, double temperature) {
        stay.getVitals().add(new Vitals(heartRate, systolic, diastolic, temperature));
        if (heartRate > 130 || systolic < 90) {
            notifier.alert(stay.getWard(), "deterioration");
        }
    }

    public void discharge(Stay stay, DischargeMode mode) {
        stay.close(LocalDate.now(), mode);
        beds.release(stay.getBed());
    }
}
