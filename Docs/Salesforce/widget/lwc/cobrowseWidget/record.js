// What the bridge has to know of a record, to filter the devices by it.

/**
 * Which fields are read of a type of record: those that `recordMapping` of the tenant names. Into which custom data of
 * Cobrowse they are turned, the bridge says.
 */
export const RECORD_FIELDS = {
    Case: ['ContactEmail'],
    Contact: ['Email'],
    LiveChatTranscript: ['ChatKey']
};

/** The fields of a type, as the user interface API names them: ["Case.ContactEmail"]. */
export function fieldsOf(type) {
    return (RECORD_FIELDS[type] || []).map((field) => `${type}.${field}`);
}

/**
 * The values of a record by field: { ContactEmail: "ann@example.com" }.
 *
 * @param type API name of the object
 * @param valueOf gives the value of a field of fieldsOf(type)
 * @throws Error with a sentence for the agent. Nothing is left out: a list without a filter has everybody's devices in it.
 */
export function valuesOf(type, valueOf) {
    const fields = RECORD_FIELDS[type];
    if (!fields || fields.length === 0) {
        throw new Error(`Records of type ${type} are not mapped to any custom data of Cobrowse.`);
    }
    return Object.fromEntries(fields.map((field) => [field, checked(valueOf(`${type}.${field}`), field)]));
}

function checked(value, field) {
    if (typeof value !== 'string' || value.trim() === '') {
        throw new Error(`This record has no value in ${field}, which the devices are filtered by.`);
    }
    return value;
}
