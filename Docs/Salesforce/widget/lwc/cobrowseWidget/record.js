// The URL of a Cobrowse page, filtered by a record: the same as `cobrowse-sso embed-url --token-source postMessage` prints.

/** Where Cobrowse is: https://eu.cobrowse.io for the EU cloud, your own host for a self-hosted one. No slash at the end. */
export const COBROWSE_API = 'https://cobrowse.io';

/** Which field is which custom-data key: `recordMapping` of the tenant document, copied here. */
export const RECORD_MAPPING = {
    Case: { ContactEmail: 'user_email' },
    Contact: { Email: 'user_email' },
    LiveChatTranscript: { ChatKey: 'salesforce_liveAgentSessionKey' }
};

/** Of a text only RFC 3986's unreserved characters stay as they are; encodeURIComponent leaves five more. */
function encode(text) {
    return encodeURIComponent(text).replace(
        /[!'()*]/g,
        (character) => '%' + character.charCodeAt(0).toString(16).toUpperCase()
    );
}

/** The fields of a type that are mapped, as the user interface API names them: ["Case.ContactEmail"]. */
export function fieldsOf(type) {
    return Object.keys(RECORD_MAPPING[type] || {}).map((field) => `${type}.${field}`);
}

/**
 * The filters of a record: [["user_email", "ann@example.com"]].
 *
 * @param type API name of the object
 * @param valueOf gives the value of a field of fieldsOf(type)
 * @throws Error with a sentence for the agent. Nothing is left out: a list without a filter has everybody's devices in it.
 */
export function filtersOf(type, valueOf) {
    const fields = RECORD_MAPPING[type];
    if (!fields) {
        throw new Error(`Records of type ${type} are not mapped to any custom data of Cobrowse.`);
    }
    return Object.entries(fields).map(([field, key]) => {
        const value = valueOf(`${type}.${field}`);
        if (typeof value !== 'string' || value.trim() === '') {
            throw new Error(`This record has no value in ${field}, which the devices are filtered by.`);
        }
        return [key, value];
    });
}

/**
 * The URL of a page: "dashboard", "code" or "connect". It holds no token.
 *
 * @param parameters more of Cobrowse's parameters: { navigation: 'none', end_action: 'code', lng: 'de' }
 */
export function embedUrl(page, filters, parameters = {}) {
    const fields = [['token_source', 'postMessage']];
    [...filters]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .forEach(([key, value]) => fields.push([`filter_${key}`, value]));
    fields.push(...Object.entries(parameters));
    return `${COBROWSE_API}/${page}?${fields.map((pair) => pair.map(encode).join('=')).join('&')}`;
}
